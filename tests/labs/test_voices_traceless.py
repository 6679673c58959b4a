"""Voices given directly leave no trace of who gave them: the same search as for anonymous barriers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection

from labs.actions.voices import drawing_anew
from labs.models import Consent, ToldBack, Voice
from labs.tasks import tell_of_voice_receipts
from systemschangers.kernel.models import Event
from tests.factories.leader_requests import make_leader
from tests.factories.voices import make_poster, make_voice, respond

from .traceless import (
    FIFTY,
    KEYS,
    MORNING,
    NIGHT,
    everything,
    insist_on_none,
    needles_of,
    ranks_alike,
    what_is_new,
)

RECEIPT = "/voices/receipt/"


@pytest.fixture(autouse=True)
def _no_count_of_another_test(db):
    """The shared cache is not among the tables that are emptied between tests."""
    caches["default"].clear()


@pytest.fixture
def poster(world):
    return make_poster(world.ana, make_leader(world.lee), world.outreach, MORNING)


def speak(phone, poster, number: int) -> str:
    at = f"/voices/speak/{poster.code}/"
    said = {"words": f"Nobody rings back, number {number:02}.", "submission_key": KEYS[number]}
    said |= {"to_board": "on", "everyone": "on"} if number % 2 else {}
    shown = phone.post(at, said).context["shown"]
    answer = phone.post(at, said | {"step": "send", "shown": shown})
    assert answer.status_code == 200, answer.content
    return answer.context["code"]


@pytest.mark.django_db(transaction=True)
def test_fifty_voices_from_a_known_phone_leave_no_trace(world, poster, anas_phone, log):
    needles = needles_of(anas_phone)
    before = everything()
    codes = []
    for number in range(FIFTY):
        with time_machine.travel(MORNING + timedelta(minutes=11 * number), tick=False):
            anas_phone.get(f"/voices/speak/{poster.code}/")
            codes.append(speak(anas_phone, poster, number))
    assert len(set(codes)) == FIFTY
    kept = what_is_new(before, everything())
    assert set(kept) == {"labs_voice", "labs_consent", "labs_consent_leaders"}, (
        "and no sequence moved"
    )
    assert {rows.total() for rows in kept.values()} == {FIFTY}
    insist_on_none(kept, [*needles, *codes, "08:"])

    with time_machine.travel(NIGHT, tick=False):
        tell_of_voice_receipts(timestamp=0)
    after = what_is_new(before, everything())
    assert set(after) == set(kept)
    insist_on_none(after, [*needles, *codes, "08:"])
    assert not Event.objects.filter(target_type="labs.voice").exists()
    assert log.getvalue() == ""
    nothing_tells_the_order()
    print(f"\n{FIFTY} voices given directly: 0 traces in {len(before)} tables, caches and letters")


def nothing_tells_the_order() -> None:
    """Keys, places in the file and transactions, against the order of speaking."""
    rows = (
        "FROM labs_voice v JOIN labs_consent c ON c.voice_id = v.id"
        " JOIN labs_consent_leaders l ON l.consent_id = c.id"
    )
    with connection.cursor() as cursor:
        for order in ("v.id", "v.ctid", "c.id", "c.ctid", "l.id", "l.ctid"):
            cursor.execute(
                f"SELECT substring(v.words from 'number (..)')::int {rows} ORDER BY {order}"
            )
            said = [row[0] for row in cursor.fetchall()]
            assert len(said) == FIFTY
            assert abs(ranks_alike(said)) < 0.6, (order, said)
        cursor.execute(
            f"SELECT count(DISTINCT x) {rows}, LATERAL (VALUES (v.xmin::text),"
            " (c.xmin::text), (l.xmin::text)) AS of_each (x)"
        )
        assert cursor.fetchone()[0] == 1, "one transaction wrote them all"


@pytest.mark.django_db(transaction=True)
def test_written_anew_at_night_says_the_same(world, poster, anas_phone):
    with time_machine.travel(MORNING, tick=False):
        for number in range(3):
            speak(anas_phone, poster, number)

    def said() -> list:
        consents = Consent.objects.order_by("voice__words").prefetch_related("leaders")
        told = (
            "voice__words",
            "wording",
            "version",
            "everyone",
            "to_board",
            "until",
            "state",
            "how",
        )
        return [*consents.values_list(*told), *[list(one.leaders.all()) for one in consents]]

    carried = make_voice(world.ana, poster.leader, checker=world.cas)
    theirs = list(carried.consents.values())
    before, keys = said(), set(Consent.objects.values_list("pk", flat=True))
    assert drawing_anew.draw_anew(at=NIGHT) == 6
    assert said() == before
    assert keys & set(Consent.objects.values_list("pk", flat=True)) == {theirs[0]["id"]}
    assert list(carried.consents.values()) == theirs, "what a worker carried is left alone"
    assert drawing_anew.draw_anew(at=NIGHT + timedelta(days=8)) == 0, "and what is older too"


@pytest.mark.django_db(transaction=True)
def test_coming_back_with_the_receipt_leaves_no_trace_either(world, poster, anas_phone, log):
    voice = make_voice(None, poster.leader, checker=world.cas, state="answered", poster=poster)
    respond(voice, world.lee)
    needles = [*needles_of(anas_phone), voice.code, "08:"]
    before = everything()
    with time_machine.travel(MORNING + timedelta(minutes=3), tick=False):
        assert anas_phone.post(RECEIPT, {"code": voice.code}).status_code == 200
        assert what_is_new(before, everything()) == {}, "reading leaves nothing at all"
        anas_phone.post(RECEIPT, {"code": voice.code, "step": "read"})
        assert ToldBack.objects.get().how == "receipt"
        read = what_is_new(before, everything())
        assert set(read) == {"labs_toldback"}
        insist_on_none(read, needles)
        anas_phone.post(RECEIPT, {"code": voice.code, "step": "take_back"})
    gone = what_is_new(before, everything())
    assert Voice.objects.get().words == ""
    assert not [name for name in gone if "sequences" in name or "event" in name], gone.keys()
    insist_on_none({name: rows for name, rows in gone.items() if "gone" not in name}, needles)
    assert log.getvalue() == ""
