"""What the page of a voice shows besides its words: what was said and done, and what was agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from labs.models import ChangeClaim, Consent, Response, ToldBack, Voice

C = ChangeClaim.State


def history(voice: Voice) -> list[dict[str, Any]]:
    """What was said to it, oldest first. Two queries."""
    rows: list[dict[str, Any]] = [
        {"who": one.who, "what": one.get_kind_display(), "on": one.on, "words": one.words}
        for one in Response.objects.filter(voice=voice).select_related("by")
    ]
    rows += [_told(one) for one in ToldBack.objects.filter(voice=voice).select_related("by")]
    rows.sort(key=lambda row: row["on"])
    if rows:
        rows[-1]["now"] = True
    return rows


def _told(told: ToldBack) -> dict[str, Any]:
    if told.by is None:
        return {"who": "Whoever told it", "what": "has read the answer", "on": told.on, "words": ""}
    how = f"told the person, {told.get_how_display()}"
    return {"who": told.by.name, "what": how, "on": told.on, "words": told.words}


def claims(voice: Voice, today: date) -> list[dict[str, Any]]:
    """The changes, each with what its teller says of it. One query."""
    tones = {C.CONFIRMED: "good", C.DENIED: "bad", C.MADE: "info", C.PLANNED: "info"}
    return [
        {
            "claim": one,
            "tone": tones[C(one.state)],
            "label": "Planned, and the day has passed" if one.is_late(today) else _said(one),
            "may_make": one.state in ChangeClaim.MAKE.sources,
            "may_judge": one.state in ChangeClaim.CONFIRM.sources,
            "may_deny": one.state in ChangeClaim.DENY.sources,
        }
        for one in ChangeClaim.objects.filter(voice=voice).select_related("judged_by")
    ]


def _said(claim: ChangeClaim) -> str:
    words = claim.get_state_display()
    return words[:1].upper() + words[1:]


def newest_consent(voice: Voice) -> Consent | None:
    return voice.consents.filter(state=Consent.State.STANDING).select_related("taken_by").first()


def consents(voice: Voice) -> list[Consent]:
    """All that was agreed to, newest first."""
    return list(voice.consents.select_related("taken_by").order_by("-id"))


def facts(voice: Voice) -> list[dict[str, Any]]:
    rows: list[tuple[str, Any]] = [
        ("For", voice.to_words),
        ("From", voice.service.name if voice.service else ""),
        ("About", voice.theme.name if voice.theme else ""),
        ("Carried by", voice.carried_by.name if voice.carried_by else "Nobody: given directly"),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
