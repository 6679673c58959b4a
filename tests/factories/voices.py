from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cohorts.models import Board, Leader, Person
from labs import consent_words, receipts
from labs.consent_words import Scope
from labs.models import ChangeClaim, Consent, Response, ToldBack, Voice, VoicePoster

from .leader_requests import make_leader

TOLD = date(2026, 1, 12)
WORDS = "They moved my appointment four times and told me after."
S = Voice.State


def make_board(
    leader: Leader, name: str = "Housing board", members: Any = (), **fields: Any
) -> Board:
    fields.setdefault("organisation", leader.organisation)
    board = Board.objects.create(name=name, chair=leader, **fields)
    board.members.set(members)
    return board


def make_poster(by: Person, leader: Leader, service: Any, at: Any, **fields: Any) -> VoicePoster:
    return VoicePoster.objects.create(
        service=service, leader=leader, made_by=by, made_at=at, **fields
    )


def make_voice(
    by: Person | None,
    to: Leader | Board,
    words: str = WORDS,
    *,
    checker: Person | None = None,
    told_on: date = TOLD,
    until: date = date(2099, 1, 1),
    scope: dict[str, Any] | None = None,
    **fields: Any,
) -> Voice:
    """One in any state, as it looks when it has come there, with its consent. Without a person: one
    given directly, at `poster`. Its receipt is its `code`. `checker` is needed once it was looked at."""
    state = fields.pop("state", S.SENT)
    leader, board = (to, None) if isinstance(to, Leader) else (None, to)
    code = receipts.draw()
    own: dict[str, Any] = {"words": words}
    if state in Voice.ON_ITS_WAY:
        own |= {"sent_on": told_on + timedelta(days=1), "checked_by": checker}
    if state in (S.SENT_BACK, S.KEPT_OUT):
        own |= {"check_words": "It names a street.", "checked_by": checker}
    if state == S.WITHDRAWN:
        own = {"words": "", "withdrawn_on": told_on + timedelta(days=2)}
    if by and by.posts.exists():
        own["service"] = by.posts.filter(ended=None).first().service
    voice = Voice.objects.create(
        way="carried" if by else "direct",
        carried_by=by,
        leader=leader,
        board=board,
        state=state,
        told_on=told_on,
        receipt_hash=receipts.digest(code),
        **(own | fields),
    )
    voice.code = code
    give_consent(voice, by=by, until=until, given_on=told_on, **(scope or {}))
    return voice


def give_consent(
    voice: Voice, *, by: Person | None, until: date, given_on: date = TOLD, **more: Any
) -> Consent:
    """The newest consent of a voice; it names whom the voice is for, unless told otherwise."""
    leaders = more.pop("leaders", [voice.leader] if voice.leader else [])
    boards = more.pop("boards", [voice.board] if voice.board else [])
    services = more.pop("services", [])
    voice.consents.filter(state="standing").update(state="replaced", ended_on=given_on)
    ended = {"state": "withdrawn", "ended_on": given_on} if voice.state == S.WITHDRAWN else {}
    consent = Consent.objects.create(
        voice=voice,
        version=consent_words.VERSION,
        wording="As it was read out.",
        given_on=given_on,
        until=until,
        how="spoken" if by else "page",
        taken_by=by,
        **(ended | more),
    )
    consent.leaders.set(leaders)
    consent.boards.set(boards)
    consent.services.set(services)
    return consent


def scope_for(to: Leader | Board, until: date, **more: Any) -> Scope:
    named = {"leaders": (to,)} if isinstance(to, Leader) else {"boards": (to,)}
    return Scope(until=until, **(named | more))


def respond(voice: Voice, by: Person, kind: str = "explained", **fields: Any) -> Response:
    fields.setdefault("words", "We move them when a doctor is ill. We will ring first.")
    fields.setdefault("on", TOLD + timedelta(days=5))
    return Response.objects.create(voice=voice, kind=kind, by=by, **fields)


def claim(voice: Voice, state: str = "made", **fields: Any) -> ChangeClaim:
    day = TOLD + timedelta(days=6)
    own: dict[str, Any] = {"planned_on": day, "by_when": day + timedelta(days=30)}
    if state != "planned":
        own |= {"made_on": day}
    if state in ("confirmed", "denied"):
        own |= {"judged_on": day, "judged_how": "receipt"}
    fields.setdefault("words", "Nobody’s appointment is moved without a call.")
    return ChangeClaim.objects.create(voice=voice, state=state, **(own | fields))


def tell_back(voice: Voice, by: Person | None, **fields: Any) -> ToldBack:
    given = {"how": "met" if by else "receipt", "on": TOLD + timedelta(days=8), "by": by}
    return ToldBack.objects.create(voice=voice, **(given | fields))


def voice_scene(world: Any, now: Any) -> dict[str, Any]:
    """For tests that walk every address: one of each thing, by the scene’s names."""
    lee = Leader.objects.get(person=world.lee)
    board = make_board(make_leader(name="Ruth Calloway", email="ruth@example.org"), members=[lee])
    sent = make_voice(world.ana, lee, checker=world.cas, state=S.ANSWERED)
    respond(sent, world.lee)
    tell_back(sent, world.ana)
    poster = make_poster(world.ana, lee, world.outreach, now)
    return {
        "board": board.pk,
        "voice": sent.pk,
        "voice_claim": claim(sent).pk,
        "voice_planned": claim(sent, "planned").pk,
        "voice_to_check": make_voice(world.ana, lee, state=S.CHECKING).pk,
        "voice_sent_back": make_voice(world.ana, lee, checker=world.cas, state=S.SENT_BACK).pk,
        "voice_run_out": make_voice(world.ana, lee, checker=world.cas, until=TOLD).pk,
        "voice_gone": make_voice(world.ana, lee, state=S.WITHDRAWN).pk,
        "poster": poster.pk,
        "poster_code": poster.code,
    }
