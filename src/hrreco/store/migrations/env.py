"""Run the migrations on the connection, and in the transaction, of whoever asks for them."""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"],
    transactional_ddl=True,
    on_version_apply=given["after_each"],
)
context.run_migrations()
