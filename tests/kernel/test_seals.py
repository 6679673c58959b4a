"""Whoever changes, removes or slips in an event breaks a seal, and the check says which."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from systemschangers.kernel import activity, seals
from systemschangers.kernel.models import Event, EventSeal

LATER = timedelta(minutes=6)


@pytest.fixture
def ten_events(ana, now):
    for number in range(10):
        activity.record("test.happened", actor=ana, target=ana, at=now, number=number)
    return list(Event.objects.order_by("pk"))


def seal(**options):
    return seals.seal(at=timezone.now() + LATER, **options)


def as_somebody_with_the_database(statement: str, *values) -> None:
    """The owner can switch the triggers off: this is what seals are for."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("kernel_event", "kernel_eventseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        cursor.execute(statement, values)
        for table in ("kernel_event", "kernel_eventseal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")


def test_what_was_sealed_and_left_alone_holds(ten_events):
    [made] = seal()
    assert (made.after_id, made.last_id, made.count) == (0, ten_events[-1].pk, 10)
    assert list(seals.verify()) == []


def test_only_what_has_settled_is_sealed(ten_events):
    assert seals.seal(at=timezone.now()) == []
    assert len(seal()) == 1
    assert seal() == []


def test_an_event_of_a_past_day_settles_from_when_it_was_written(ana, now):
    activity.record("test.happened", actor=ana, target=ana, at=now - timedelta(days=300))
    assert seals.seal(at=timezone.now()) == []


def test_seals_are_chained_and_of_bounded_length(ten_events, monkeypatch):
    monkeypatch.setattr(seals, "MOST_EVENTS", 4)
    made = seal()
    assert [one.count for one in made] == [4, 4, 2]
    assert [one.previous for one in made] == ["", made[0].digest, made[1].digest]
    assert list(seals.verify()) == []


TAMPERING = {
    "another actor": ("UPDATE kernel_event SET actor_id = NULL WHERE id = %s", "changed"),
    "another time": (
        "UPDATE kernel_event SET at = at + interval '1 second' WHERE id = %s",
        "changed",
    ),
    "another record of when": (
        "UPDATE kernel_event SET recorded_at = recorded_at - interval '1 day' WHERE id = %s",
        "changed",
    ),
    "another verb": ("UPDATE kernel_event SET verb = 'test.other' WHERE id = %s", "changed"),
    "another target": ("UPDATE kernel_event SET target_id = '0' WHERE id = %s", "changed"),
    "other data": ("""UPDATE kernel_event SET data = '{"number": 99}' WHERE id = %s""", "changed"),
    "one removed": ("DELETE FROM kernel_event WHERE id = %s", "1 missing of 4"),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found_and_placed(ten_events, monkeypatch, how):
    monkeypatch.setattr(seals, "MOST_EVENTS", 4)
    made = seal()
    statement, words = TAMPERING[how]
    as_somebody_with_the_database(statement, ten_events[5].pk)
    [fault] = seals.verify()
    assert words in fault.words
    assert (fault.first, fault.last) == (made[1].after_id + 1, made[1].last_id)


def test_an_event_slipped_in_later_is_found(ana, now):
    for number in (1, 3):
        Event.objects.create(
            pk=10**9 + number, at=now, verb="t", target_type="t", target_id="1", target_label="t"
        )
    seal()
    Event.objects.create(
        pk=10**9 + 2, at=now, verb="t", target_type="t", target_id="1", target_label="t"
    )
    [fault] = seals.verify()
    assert fault.words == "1 slipped in beside 2"


def test_a_changed_seal_is_found(ten_events, monkeypatch):
    monkeypatch.setattr(seals, "MOST_EVENTS", 4)
    made = seal()
    as_somebody_with_the_database(
        "UPDATE kernel_eventseal SET digest = %s WHERE id = %s", "0" * 64, made[0].pk
    )
    faults = list(seals.verify())
    assert len(faults) == 2
    assert "changed" in faults[0].words
    assert "seal before" in faults[1].words


def test_a_removed_seal_is_found(ten_events, monkeypatch):
    monkeypatch.setattr(seals, "MOST_EVENTS", 4)
    made = seal()
    as_somebody_with_the_database("DELETE FROM kernel_eventseal WHERE id = %s", made[1].pk)
    assert any("seal before" in fault.words for fault in seals.verify())


def test_the_newest_seals_can_only_go_unnoticed_by_who_keeps_no_digest(ten_events, monkeypatch):
    monkeypatch.setattr(seals, "MOST_EVENTS", 4)
    kept = seal()[-1].digest
    assert list(seals.verify(kept)) == []
    as_somebody_with_the_database("DELETE FROM kernel_eventseal WHERE digest = %s", kept)
    assert list(seals.verify()) == []
    [fault] = seals.verify(kept)
    assert "kept elsewhere" in fault.words


def test_seals_refuse_to_be_changed_as_events_do(ten_events):
    from django.db import InternalError, ProgrammingError, transaction

    seal()
    for attempt in (
        lambda: EventSeal.objects.update(digest="0" * 64),
        lambda: EventSeal.objects.all()._raw_delete("default"),
    ):
        with (
            pytest.raises((ProgrammingError, InternalError), match="append-only"),
            transaction.atomic(),
        ):
            attempt()


def test_the_command_says_that_all_is_well_and_gives_the_digest_to_keep(ten_events):
    seal()
    out = StringIO()
    call_command("verify_events", stdout=out)
    assert "1 seals hold" in out.getvalue()
    assert EventSeal.objects.get().digest in out.getvalue()


def test_the_command_fails_and_says_what_is_wrong(ten_events):
    seal()
    as_somebody_with_the_database("DELETE FROM kernel_event WHERE id = %s", ten_events[3].pk)
    out = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("verify_events", stdout=out)
    assert raised.value.returncode == 1
    assert "1 missing of 10" in out.getvalue()
