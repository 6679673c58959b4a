"""The cast. One set of people for every test: a reader who knows them knows every test.

Ana, a worker; Mo, her manager; Dee, Mo's deputy; Lee, a leader; Cas, programme staff; Sam, a service
user in a lab; Zed, a worker of another organisation; Ada, the administrator; Eve, whose account ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from tests import emptying

NOW = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """One of every thing, with the cast signed in, for all tests of a module (tests.permissions.asking)."""
    from tests.permissions import asking

    with django_db_blocker.unblock():
        yield from asking.made()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What migrations wrote is kept aside, to be there again after tests that commit (see emptying).

    Before the test database is dropped, whoever is still connected to it is shown out: a server's last
    worker, a thread that ended without closing."""
    from django.db import connection
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        emptying.keep_aside()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: emptying.as_migrated())
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _no_card_of_another_test() -> None:
    """Primary keys come again after a rollback; a kept card must not."""
    from django.core.cache import caches

    caches["cards"].clear()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def world(db) -> SimpleNamespace:
    """Two organisations, three services, one cohort, and the cast in their posts."""
    from tests.factories import build_world

    return build_world()


def _member(name: str):
    @pytest.fixture(name=name)
    def person(world):
        return getattr(world, name)

    return person


ana, mo, dee, lee, cas, sam, zed, ada, ended = (
    _member(name) for name in ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada", "ended")
)


@pytest.fixture
def as_(client):
    """`as_(ana)` is a browser signed in as Ana; each call gives a new one."""
    from django.test import Client

    def sign_in(person) -> Client:
        signed_in = Client()
        signed_in.force_login(person)
        return signed_in

    return sign_in
