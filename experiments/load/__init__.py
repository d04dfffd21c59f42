"""A load on the service, and what it is put on."""
