"""A migrated database, as the tests of storage have it."""

from tests.storage.conftest import db

__all__ = ["db"]
