"""What answers show, for the OpenAPI document: one file for each kind of answer."""
