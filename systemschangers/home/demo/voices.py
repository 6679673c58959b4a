"""Voices of the demo: in every state, carried and given at a poster, with a board that reads them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts.models import Board, Leader, Person, Post
from labs import consent_words, events, receipts
from labs.consent_words import Scope
from labs.models import ChangeClaim, Consent, Response, ToldBack, Voice, VoicePoster

from .ground import OUTREACH
from .permission import slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

ANSWERED = {
    "acknowledged": events.VOICE_ACKNOWLEDGED,
    "explained": events.VOICE_EXPLAINED,
    "acted": events.VOICE_CHANGE_PLANNED,
    "cannot": events.VOICE_CANNOT,
}
CHECKED = {"sent_back", "kept_out", "sent", "acknowledged", "answered"}


def write_voices(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    told = read("voices")
    leaders = list(Leader.objects.select_related("person").order_by("pk"))
    lee = leaders[0]
    board = Board.objects.create(organisation=lee.organisation, chair=lee, **told["board"])
    board.members.set(leaders[1:3])
    poster = VoicePoster.objects.create(
        service=ground.services[OUTREACH],
        leader=lee,
        made_by=ground.people["Ana Okafor"],
        made_at=slot(plan.now, -60, 10),
    )
    write_told(told["voice"], board, poster, plan, ground, chronicle)


def write_told(
    rows: list[dict[str, Any]],
    board: Board,
    poster: VoicePoster,
    plan: Plan,
    ground: Ground,
    chronicle: Chronicle,
) -> None:
    """Voices to leaders by their places, or to `board`, which hears those that may be read out."""
    workers = workers_of(plan, ground)
    leaders = list(Leader.objects.select_related("person").order_by("pk"))
    for one in rows:
        to = leaders[one["leader"]] if "leader" in one else board
        carrier = workers[one["who"] % len(workers)][0] if "who" in one else None
        voice = _voice(one, to, carrier, poster, ground, plan)
        _consent(one, voice, board, plan)
        _said(one, voice, leaders[0], ground, plan, chronicle)


def _day(plan: Plan, days: int) -> date:
    return timezone.localdate(plan.now) - timedelta(days=days)


def _voice(
    one: dict[str, Any],
    to: Leader | Board,
    carrier: Person | None,
    poster: VoicePoster,
    ground: Ground,
    plan: Plan,
) -> Voice:
    state = one["state"]
    service = (
        Post.objects.current().filter(person=carrier).values_list("service", flat=True).first()
        if carrier
        else poster.service_id
    )
    return Voice.objects.create(
        way="carried" if carrier else "direct",
        words=one.get("words", ""),
        leader=to if isinstance(to, Leader) else None,
        board=to if isinstance(to, Board) else None,
        carried_by=carrier,
        poster=None if carrier else poster,
        service_id=service,
        theme=ground.themes[one["theme"]] if "theme" in one else None,
        state=state,
        told_on=_day(plan, one["days"]),
        checked_by=ground.people["Cas Mendes"] if state in CHECKED else None,
        check_words=one.get("check", ""),
        sent_on=_day(plan, one["sent"]) if "sent" in one else None,
        withdrawn_on=_day(plan, one["days"] - 5) if state == "withdrawn" else None,
        receipt_hash=receipts.digest(receipts.draw()),
    )


def _consent(one: dict[str, Any], voice: Voice, board: Board, plan: Plan) -> None:
    boards = (board,) if one.get("board") or voice.board_id else ()
    everyone, aloud = bool(one.get("everyone")), bool(one.get("board"))
    scope = Scope(
        until=_day(plan, -one["lasts"]),
        leaders=(voice.leader,) if voice.leader else (),
        boards=boards,
        everyone=everyone,
        to_learn=everyone,
        to_board=aloud,
    )
    carrier = voice.carried_by
    consent = Consent.objects.create(
        voice=voice,
        version=consent_words.VERSION,
        wording=consent_words.wording(scope, carrier=carrier.name if carrier else ""),
        everyone=everyone,
        to_learn=everyone,
        to_board=aloud,
        given_on=voice.told_on,
        until=scope.until,
        how="spoken" if carrier else "page",
        taken_by=carrier,
        state="withdrawn" if voice.state == "withdrawn" else "standing",
        ended_on=voice.withdrawn_on,
    )
    consent.leaders.set(scope.leaders)
    consent.boards.set(boards)


def _said(
    one: dict[str, Any],
    voice: Voice,
    lee: Leader,
    ground: Ground,
    plan: Plan,
    chronicle: Chronicle,
) -> None:
    leader = voice.leader or lee
    by, carrier, staff = leader.person, voice.carried_by, ground.people["Cas Mendes"]
    hearers = [carrier] if carrier else []
    if carrier:
        at = slot(plan.now, -one["days"], 10)
        chronicle.record(events.VOICE_CARRIED, carrier, voice, at, [staff])
    if "sent" in one:
        at = slot(plan.now, -one["sent"], 11)
        chronicle.record(events.VOICE_SENT, staff, voice, at, [*hearers, *([by] if by else [])])
    for kind, days, words in one.get("answers", []):
        Response.objects.create(
            voice=voice,
            kind=kind,
            words=words,
            by=by,
            by_name="" if by else leader.name,
            on=_day(plan, days),
        )
        if by:
            chronicle.record(ANSWERED[kind], by, voice, slot(plan.now, -days, 15), hearers)
    if "change" in one:
        _change(one, voice, plan)
    if "told" in one:
        days, how = one["told"]
        ToldBack.objects.create(voice=voice, how=how, on=_day(plan, days), by=carrier)
        if carrier:
            at = slot(plan.now, -days, 16)
            chronicle.record(events.VOICE_TOLD_BACK, carrier, voice, at, [by] if by else [])


def _change(one: dict[str, Any], voice: Voice, plan: Plan) -> None:
    state, words, verdict = one["change"]
    since = one["answers"][-1][1]
    judged = state in ("confirmed", "denied")
    ChangeClaim.objects.create(
        voice=voice,
        words=words,
        state=state,
        by_when=_day(plan, -20) if state == "planned" else None,
        planned_on=_day(plan, since) if state == "planned" else None,
        made_on=None if state == "planned" else _day(plan, since),
        judged_on=_day(plan, since - 10) if judged else None,
        judged_how="receipt" if judged else "",
        verdict_words=verdict,
    )
