"""Voices: looked over by somebody else, answered in time or late, confirmed, told back, taken back."""

from __future__ import annotations

import csv
import io
import secrets
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.models import Person
from cohorts.waiting import waiting
from labs import receipts, voice_receipts, voice_waiting
from labs.actions.voices import answering, carrying, checking, confirming, consenting, speaking
from labs.actions.voices.keeping import TakenBack
from labs.models import ChangeClaim, Consent, ToldBack, Voice
from labs.policy.voices import may_check
from systemschangers.kernel.models import Event, Letter, Notification, Thread
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.threads import threads_of, tie
from tests import steps
from tests.factories.leader_requests import make_leader, make_leader_request
from tests.factories.voices import (
    WORDS,
    claim,
    give_consent,
    make_board,
    make_poster,
    make_voice,
    respond,
    scope_for,
    tell_back,
)

pytestmark = pytest.mark.django_db
UNTIL = date(2099, 1, 1)


@pytest.fixture
def to_lee(world):
    return make_leader(world.lee)


def seen(person, voice) -> bool:
    return Voice.objects.visible_to(Person.objects.get(pk=person.pk)).filter(pk=voice.pk).exists()


# --- Steps ---------------------------------------------------------------------------------------

CASES = steps.cases(Voice)
REFUSED = (*steps.REFUSALS, TakenBack)


def take(name: str, voice, world):
    at = timezone.now()
    act = {"voice": voice, "at": at}
    return {
        "SEND_ON": lambda: checking.send_on(by=world.cas, **act),
        "SEND_BACK": lambda: checking.send_back(words="A name.", by=world.cas, **act),
        "SEND_AGAIN": lambda: carrying.send_again(
            words="Without it.", version=voice.version, by=world.ana, **act
        ),
        "KEEP_OUT": lambda: checking.keep_out(words="Not this.", by=world.cas, **act),
        "ACKNOWLEDGE": lambda: answering.acknowledge(by=world.lee, **act),
        "ANSWER": lambda: answering.explain(words="Because.", by=world.lee, **act),
        "WITHDRAW": lambda: consenting.take_back(by=world.ana, **act),
    }[name]()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_step(case, world, to_lee):
    steps.check(
        case,
        make=lambda state: make_voice(world.ana, to_lee, checker=world.cas, state=state),
        take=lambda voice: take(case.name, voice, world),
        refusals=REFUSED,
    )


CLAIMS = steps.cases(ChangeClaim)


@pytest.mark.parametrize("case", CLAIMS, ids=str)
def test_each_step_of_a_change(case, world, to_lee):
    voice = make_voice(world.ana, to_lee, checker=world.cas, state="answered")
    at = timezone.now()
    takers = {
        "MAKE": lambda one: answering.say_made(voice=voice, claim=one, by=world.lee, at=at),
        "CONFIRM": lambda one: confirming.judge(claim=one, confirmed=True, by=world.ana, at=at),
        "DENY": lambda one: confirming.judge(claim=one, confirmed=False, by=world.ana, at=at),
    }
    steps.check(case, make=lambda state: claim(voice, state), take=takers[case.name])


# --- Who looks it over, who answers --------------------------------------------------------------


def test_nobody_looks_over_what_they_carry(world, to_lee, now):
    own = make_voice(world.cas, to_lee, state="checking")
    assert not may_check(world.cas, own)
    with pytest.raises(Refused):
        checking.send_on(voice=own, by=world.cas, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=own.pk).update(state="sent", sent_on=now, checked_by=world.cas)


def test_before_it_is_looked_over_only_carrier_and_staff_read_it(world, to_lee):
    voice = make_voice(
        world.ana, to_lee, state="checking", scope={"everyone": True, "to_learn": True}
    )
    readers = [p for p in (world.ana, world.cas, world.lee, world.mo, world.zed) if seen(p, voice)]
    assert readers == [world.ana, world.cas]


def test_only_whom_it_is_for_answers(world, to_lee, now):
    wide = make_voice(
        world.ana, to_lee, checker=world.cas, scope={"everyone": True, "to_learn": True}
    )
    assert seen(world.mo, wide)
    with pytest.raises(Refused, match="Only Lee"):
        answering.explain(voice=wide, words="I think so.", by=world.mo, at=now)
    answering.explain(voice=wide, words="I know so.", by=world.lee, at=now)
    assert wide.responses.get().who == "Lee Whitaker"


def test_whoever_sits_on_the_board_answers_for_it(world, to_lee, now):
    board = make_board(make_leader(name="Ruth", email="ruth@example.org"), members=[to_lee])
    voice = make_voice(world.ana, board, checker=world.cas)
    answering.acknowledge(voice=voice, by=world.lee, at=now)
    board.retired_at = now
    board.save()
    with pytest.raises(TakenBack):
        answering.explain(voice=voice, words="Late.", by=world.lee, at=now)


# --- The clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "days", "late"),
    [
        ("sent", 7, ""),
        ("sent", 8, "No word in 7 days"),
        ("acknowledged", 28, ""),
        ("acknowledged", 29, "No answer in 28 days"),
        ("sent", 29, "No answer in 28 days"),
        ("answered", 90, ""),
    ],
)
def test_late_is_worked_out_from_the_day_it_was_sent(state, days, late, world, to_lee, as_, now):
    today = timezone.localdate()
    voice = make_voice(
        world.ana, to_lee, checker=world.cas, state=state, told_on=today - timedelta(days=days)
    )
    Voice.objects.update(sent_on=today - timedelta(days=days))
    voice.refresh_from_db()
    assert voice.lateness(today) == late
    page = as_(world.ana).get("/voices/?show=late").content.decode()
    assert (voice.get_absolute_url() in page) == bool(late)


def test_a_leader_is_reminded_once_after_a_week_and_once_after_four(world, to_lee):
    today = timezone.localdate()
    make_voice(world.ana, to_lee, checker=world.cas)
    counts = []
    for days in (7, 8, 8, 20, 29, 40):
        Voice.objects.update(
            sent_on=today - timedelta(days=days), told_on=today - timedelta(days=days)
        )
        counts.append(speaking.remind_late(at=timezone.now()))
    assert counts == [0, 1, 0, 0, 1, 0]
    assert Letter.objects.filter(kind="voice_late").count() == 2


def test_no_letter_goes_out_where_no_consent_lasts(world, to_lee):
    today = timezone.localdate()
    make_voice(world.ana, to_lee, checker=world.cas, until=date(2026, 1, 20))
    Voice.objects.update(sent_on=today - timedelta(days=30))
    assert speaking.remind_late(at=timezone.now()) == 0


# --- Consent -------------------------------------------------------------------------------------


def test_the_wording_is_kept_word_for_word_with_its_version(world, to_lee, now):
    voice = make_voice(world.ana, to_lee, checker=world.cas)
    scope = scope_for(to_lee, date(2026, 12, 1), to_board=True)
    kept = consenting.renew(
        voice=voice, scope=scope, how="interpreted", witness="a friend", by=world.ana, at=now
    )
    assert kept.version == "2026-11"
    assert "Until when: 1 December 2026." in kept.wording
    assert "Ana Okafor, who passes them on" in kept.wording
    assert [one.state for one in voice.consents.all()] == ["replaced", "standing"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(voice=voice).update(state="standing", ended_on=None)


def test_what_nobody_could_agree_to_is_refused(world, to_lee, now):
    voice = make_voice(world.ana, to_lee, checker=world.cas)
    act = {"voice": voice, "how": "spoken", "by": world.ana, "at": now}
    for scope in (
        scope_for(to_lee, date(2026, 3, 9)),
        scope_for(to_lee, date(2029, 1, 1)),
        scope_for(to_lee, date(2026, 6, 1), everyone=True),
        scope_for(to_lee, date(2026, 6, 1), leaders=()),
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            consenting.renew(scope=scope, **act)


def test_once_it_ran_out_only_its_consent_page_is_there_and_without_its_words(world, to_lee, as_):
    voice = make_voice(world.ana, to_lee, checker=world.cas, until=date(2026, 2, 1))
    ana = as_(world.ana)
    assert ana.get(voice.get_absolute_url()).status_code == 404
    page = ana.get(f"{voice.get_absolute_url()}consent/").content.decode()
    assert "run out" in page
    assert WORDS not in page
    assert "ask anew" in str(waiting(voice_waiting.KINDS, world.ana, timezone.now()))


def test_taken_back_it_is_gone_from_page_search_file_home_and_board(world, to_lee, as_, now):
    board = make_board(to_lee)
    voice = make_voice(
        world.ana, board, checker=world.cas, state="answered", scope={"to_board": True}
    )
    respond(voice, world.lee, words=WORDS)
    claim(voice, words=WORDS)
    tell_back(voice, world.ana, words=WORDS)
    request = make_leader_request(world.ana, to_lee, world.mo, now)
    tie(request, Thread.Kind.CARRIES, voice, by=world.ana, at=now)
    places = (
        voice.get_absolute_url(),
        "/voices/?q=appointment&show=answered",
        "/voices/csv/?show=answered",
        f"/voices/at-board/{board.pk}/?first=2026-01-01",
    )
    lee, ana = as_(world.lee), as_(world.ana)
    assert WORDS[:30] in ana.get(request.get_absolute_url()).content.decode()
    for place in places:
        assert WORDS[:30] in lee.get(place).content.decode(), place
    assert len(threads_of(request, world.ana)) == 1
    ana.post(f"{voice.get_absolute_url()}withdrawal/")
    for browser in (lee, ana, as_(world.cas)):
        for place in (*places, "/", request.get_absolute_url()):
            assert WORDS[:30] not in browser.get(place).content.decode(), place
        assert browser.get(voice.get_absolute_url()).status_code == 404
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{WORDS}%"]
            )
            assert cursor.fetchone()[0] == 0, table
    assert Letter.objects.filter(kind="voice_taken_back", to=world.lee.email).exists()


def test_what_a_leader_types_while_it_is_taken_back_is_not_lost(world, to_lee, as_):
    voice = make_voice(world.ana, to_lee, checker=world.cas)
    lee = as_(world.lee)
    assert WORDS in lee.get(voice.get_absolute_url()).content.decode()
    consenting.take_back(voice=voice, by=world.ana, at=timezone.now())
    typed = {"step": "explain", "words": "I wrote this for ten minutes."}
    answer = lee.post(f"{voice.get_absolute_url()}response/", typed)
    never = lee.post("/voices/1234567890123456/response/", typed)
    assert answer.status_code == never.status_code == 404
    assert "I wrote this for ten minutes." in answer.content.decode()
    assert WORDS not in answer.content.decode()
    with pytest.raises(TakenBack):
        answering.explain(voice=voice, words="Late.", by=world.lee, at=timezone.now())


def test_a_board_reads_only_what_may_be_read_out_there(world, to_lee, as_):
    board = make_board(to_lee)
    make_voice(world.ana, board, "Not aloud, please.", checker=world.cas)
    make_voice(
        world.ana,
        to_lee,
        "Read me out.",
        checker=world.cas,
        scope={"boards": [board], "to_board": True},
    )
    url = f"/voices/at-board/{board.pk}/?first=2026-01-01"
    page = as_(world.lee).get(url).content.decode()
    assert "Read me out." in page
    assert "Not aloud, please." not in page
    assert "Read me out." not in as_(world.mo).get(url).content.decode()


def test_a_file_holds_what_its_reader_may_read_and_runs_nothing(world, to_lee, as_):
    make_voice(world.ana, to_lee, '=HYPERLINK("https://x")', checker=world.cas)
    make_voice(
        world.zed,
        make_leader(name="Ruth", email="r@example.org"),
        "Not for Lee.",
        checker=world.cas,
    )
    text = as_(world.lee).get("/voices/csv/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert rows[1][3].startswith("'=")


# --- Told back, heard, counted -------------------------------------------------------------------


def test_told_back_only_once_there_is_an_answer_and_on_a_day_that_can_be(world, to_lee, now):
    voice = make_voice(world.ana, to_lee, checker=world.cas, told_on=date(2026, 3, 1))
    act = {"voice": voice, "how": "met", "by": world.ana, "at": now}
    with pytest.raises(steps.WrongState):
        confirming.tell_back(**act)
    answering.explain(voice=voice, words="Because.", by=world.lee, at=now)
    with pytest.raises(ValidationError):
        confirming.tell_back(on=date(2026, 2, 1), **act)
    confirming.tell_back(on=date(2026, 3, 9), **act)
    assert ToldBack.objects.get().by == world.ana


def test_no_event_notice_or_letter_tells_what_was_said(world, to_lee):
    voice = make_voice(world.ana, to_lee, state="checking")
    at = timezone.now()
    checking.send_on(voice=voice, by=world.cas, at=at)
    answering.plan(
        voice=voice,
        words="Secret plan.",
        by_when=timezone.localdate() + timedelta(9),
        by=world.lee,
        at=at,
    )
    told = [str(row) for row in Event.objects.values()] + [
        str(row) for row in Letter.objects.values()
    ]
    assert Notification.objects.filter(recipient=world.ana).count() == 2
    assert not [one for one in told if WORDS in one or "Secret plan." in one]


def test_as_many_queries_for_one_as_for_thirty(world, to_lee, as_):
    board = make_board(to_lee)
    scope = {"to_board": True, "boards": [board]}
    lee = as_(world.lee)
    addresses = (
        "/voices/",
        "/voices/?q=appointment",
        "/voices/csv/",
        f"/voices/at-board/{board.pk}/?first=2026-01-01",
        "/boards/",
    )

    def counted() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert lee.get(address).status_code == 200
            found.append(len(queries))
        return found

    def one_more() -> None:
        voice = make_voice(world.ana, to_lee, checker=world.cas, scope=scope)
        respond(voice, world.lee)
        claim(voice)

    one_more()
    lee.get("/voices/")
    first = counted()
    for number in range(29):
        one_more()
        make_board(to_lee, f"Board {number}")
    assert counted() == first
    assert max(first[0], first[1]) <= 8, first
    print(dict(zip(addresses, first, strict=True)))


def test_a_voice_takes_as_many_queries_however_much_was_said(world, to_lee, as_):
    voice = make_voice(world.ana, to_lee, checker=world.cas, state="answered")
    ana = as_(world.ana)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            ana.get(voice.get_absolute_url())
        return len(queries)

    respond(voice, world.lee)
    claim(voice)
    counted()
    first = counted()
    for _ in range(8):
        respond(voice, world.lee)
        claim(voice)
        tell_back(voice, world.ana)
        give_consent(voice, by=world.ana, until=UNTIL)
    assert counted() == first


# --- Links ---------------------------------------------------------------------------------------


@pytest.fixture
def by_letter(world):
    ruth = make_leader(name="Ruth", email="ruth@example.org")
    voice = make_voice(world.ana, ruth, state="checking")
    checking.send_on(voice=voice, by=world.cas, at=timezone.now())
    return Voice.objects.get(pk=voice.pk), link_to("ruth@example.org")


def link_to(email: str) -> str:
    text = Letter.objects.filter(to=email).latest("pk").text
    assert WORDS not in text
    return "/voice-links/" + text.split("/voice-links/")[1].split()[0]


def test_a_leader_without_an_account_opens_the_link_and_answers(by_letter, client):
    voice, link = by_letter
    assert WORDS not in client.get(link).content.decode(), (
        "opening decides nothing, and shows nothing"
    )
    client.post(link, {"open": "1"})
    assert WORDS in client.get(link).content.decode()
    client.post(link, {"step": "explain", "words": "I did not know. We ring first now."})
    assert voice.responses.get().by_name == "Ruth"
    assert client.get(link).status_code == 410
    assert link_to("ruth@example.org") != link


def test_a_link_passed_on_shows_nothing(by_letter, client, world, as_):
    voice, link = by_letter
    client.post(link, {"open": "1"})
    friend = Client()
    friend.post(link, {"open": "1"})
    for browser in (friend, as_(world.mo)):
        assert WORDS not in browser.get(link).content.decode()
        browser.post(link, {"step": "explain", "words": "As Ruth."})
    assert not voice.responses.exists()
    friend.post(link, {"anew": "1"})
    assert Letter.objects.latest("pk").to == "ruth@example.org"
    assert client.get(link).status_code == 410


def test_an_old_link_shows_nothing_once_it_was_taken_back(by_letter, client, world):
    voice, link = by_letter
    client.post(link, {"open": "1"})
    consenting.take_back(voice=voice, by=world.ana, at=timezone.now())
    page = client.post(link, {"step": "explain", "words": "My ten minutes."})
    assert page.status_code == 410
    assert "My ten minutes." in page.content.decode()
    assert WORDS not in page.content.decode()


def test_a_link_shows_nothing_once_consent_ran_out_or_was_narrowed(by_letter, client, world):
    voice, link = by_letter
    client.post(link, {"open": "1"})
    give_consent(voice, by=world.ana, until=date(2099, 1, 1), leaders=[])
    assert client.get(link).status_code == 410


def test_a_leader_with_an_account_is_led_to_sign_in(world, to_lee):
    voice = make_voice(world.ana, to_lee, state="checking")
    checking.send_on(voice=voice, by=world.cas, at=timezone.now())
    letter = Letter.objects.get(to=world.lee.email)
    assert voice.get_absolute_url() in letter.text
    assert "voice-links" not in letter.text


# --- By receipt ----------------------------------------------------------------------------------


def test_a_hundred_thousand_guesses_find_no_voice(world, to_lee, capsys):
    codes = [make_voice(world.ana, to_lee, checker=world.cas).code for _ in range(40)]
    assert len(voice_receipts.among(codes)) == 40
    found = tried = 0
    for _ in range(10):
        guesses = [receipts._spell(secrets.randbits(receipts.BITS)) for _ in range(10_000)]
        found += len(voice_receipts.among(guesses))
        tried += len(guesses)
    with capsys.disabled():
        print(f"\nvoice receipts guessed: {found} of {tried:,} tries against 40 voices")
    assert (found, tried) == (0, 100_000)


def test_by_receipt_it_is_confirmed_read_and_taken_back_and_told_at_night(
    world, to_lee, client, now
):
    poster = make_poster(world.ana, to_lee, world.outreach, now)
    voice = make_voice(None, to_lee, checker=world.cas, state="answered", poster=poster)
    respond(voice, world.lee)
    made = claim(voice)
    before = Event.objects.count()

    def by_receipt(**more):
        return client.post("/voices/receipt/", {"code": voice.code, **more}).content.decode()

    assert "We move them when a doctor is ill." in by_receipt()
    assert "told tonight" in by_receipt(step="confirm", claim=made.pk, words="They rang.")
    by_receipt(step="read")
    by_receipt(step="read")
    made.refresh_from_db()
    assert (made.state, made.judged_how, made.judged_by) == ("confirmed", "receipt", None)
    assert ToldBack.objects.filter(how="receipt").count() == 1
    assert Event.objects.count() == before, "the hour somebody came back is written nowhere"
    assert speaking.tell_of_receipts(at=timezone.now()) == 1
    assert Event.objects.latest("id").verb == "voice.change_confirmed"
    by_receipt(step="take_back")
    assert "don’t know this receipt" in by_receipt()
    assert not seen(world.cas, voice)
    speaking.tell_of_receipts(at=timezone.now())
    assert Letter.objects.filter(kind="voice_taken_back").exists()


def test_a_poster_that_was_taken_down_takes_nothing_more(world, to_lee, client, now):
    poster = make_poster(world.ana, to_lee, world.outreach, now)
    url = f"/voices/speak/{poster.code}/"
    page = client.post(url, {"words": "Nobody rings back."})
    shown = page.context["shown"]
    poster.taken_down_at, poster.taken_down_by = now, world.ana
    poster.save()
    assert (
        client.post(
            url, {"words": "Nobody rings back.", "step": "send", "shown": shown}
        ).status_code
        == 404
    )
    assert not Voice.objects.exists()


def test_what_was_not_shown_is_not_agreed_to(world, to_lee, client, now):
    poster = make_poster(world.ana, to_lee, world.outreach, now)
    url = f"/voices/speak/{poster.code}/"
    shown = client.post(url, {"words": "Nobody rings back."}).context["shown"]
    wider = {"words": "Nobody rings back.", "everyone": "on", "step": "send", "shown": shown}
    assert "What you agree to" in client.post(url, wider).content.decode()
    assert not Voice.objects.exists()


KEY = "7d7b0be0-2f0c-4a1c-9f0e-0d9a4f6f2f11"


def test_pressing_twice_on_the_page_makes_one_voice(world, to_lee, client, now):
    poster = make_poster(world.ana, to_lee, world.outreach, now)
    url = f"/voices/speak/{poster.code}/"
    said = {"words": "Nobody rings back.", "submission_key": KEY}
    said |= {"step": "send", "shown": client.post(url, said).context["shown"]}
    codes = {client.post(url, said).context["code"] for _ in range(2)}
    assert len(codes) == 1
    assert Voice.objects.get().consents.get().how == "page"
    assert not Event.objects.exists()


def test_a_leader_request_carries_a_voice_to_whom_its_consent_names(world, to_lee, as_, now):
    voice = make_voice(world.ana, to_lee, checker=world.cas)
    foreign = make_voice(world.zed, to_lee, "Not Ana’s.", checker=world.cas)
    request = make_leader_request(world.ana, to_lee, world.mo, now)
    ana, url = as_(world.ana), f"/leader-requests/{request.pk}/carrying/"
    assert WORDS[:40] in ana.get(url).content.decode()
    ana.post(url, {"kind": "voice", "take": voice.pk})
    assert Thread.objects.get().target_id == voice.pk
    assert WORDS[:40] in ana.get(request.get_absolute_url()).content.decode()
    assert WORDS[:40] not in as_(world.mo).get(request.get_absolute_url()).content.decode()
    assert ana.post(url, {"kind": "voice", "take": foreign.pk}).status_code == 404
    ana.post(url, {"kind": "voice", "leave": voice.pk})
    assert not Thread.objects.exists()
