"""The role the site runs as can do all the site does, and cannot touch what happened."""

from __future__ import annotations

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from systemschangers.kernel import letters, sending, sweeping
from systemschangers.kernel.models import Event, Letter


@pytest.fixture
def role(db):
    """Made in the test's transaction, and gone with it."""
    name = f"app_role_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} NOLOGIN")
    call_command("grant_app_role", name, stdout=StringIO())
    return name


@pytest.fixture
def as_role(role):
    def become() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")

    yield become
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_it_can_do_what_the_site_and_its_worker_do(world, win, wave, as_role, now):
    as_role()
    event = wave(world.zed, win)
    browser = Client()
    browser.force_login(world.ana)
    assert browser.get("/noticed/").status_code == 200
    assert browser.post("/noticed/seen/").status_code == 302
    world.ana.notifications.update(seen_at=None)
    assert len(letters.write_about(event, [world.ana.pk], at=now)) == 1
    assert sending.send_due(at=now) == 1
    sweeping.sweep(at=now)
    call_command("verify_events", stdout=StringIO())
    assert Letter.objects.get().sent_at == now


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_event SET verb = 'x'",
        "DELETE FROM kernel_event",
        "TRUNCATE kernel_event CASCADE",
        "UPDATE kernel_eventseal SET digest = 'x'",
        "DELETE FROM kernel_eventseal",
        "TRUNCATE kernel_eventseal",
        "ALTER TABLE kernel_event DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON kernel_event",
        "DROP FUNCTION kernel_refuse_change CASCADE",
        "TRUNCATE kernel_letter",
        "CREATE TABLE another (id int)",
        "UPDATE django_migrations SET name = 'x'",
    ],
)
def test_it_can_not_touch_what_happened_nor_any_tables_shape(world, win, wave, as_role, statement):
    wave(world.zed, win)
    as_role()
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        _run(statement)
    assert Event.objects.count() == 1


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_given_again_it_takes_away_what_was_added_by_hand(role, as_role):
    _run(f"GRANT ALL ON kernel_event TO {role}")
    call_command("grant_app_role", role, stdout=StringIO())
    as_role()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _run("DELETE FROM kernel_event")


def test_a_role_that_is_not_there_is_named(db):
    with pytest.raises(CommandError, match="no role nobody_here"):
        call_command("grant_app_role", "nobody_here")


def test_a_role_nothing_can_be_kept_from_is_refused(db):
    owner = connection.settings_dict["USER"]
    with pytest.raises(CommandError, match="another role"):
        call_command("grant_app_role", owner)
