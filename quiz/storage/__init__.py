"""The database: engines, tables, migrations and one module of queries a table."""
