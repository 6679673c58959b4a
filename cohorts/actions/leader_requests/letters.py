"""Letters of leader requests: to the leader, with a link that needs no account, and calendar letters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cohorts import calendars
from cohorts.models import Commitment, LeaderRequest
from systemschangers.kernel import letters, signed_links

ANSWER, MEETING, MET, COPY, VIEW = (
    "leader_answer",
    "leader_meeting",
    "leader_met",
    "leader_copy",
    "commitment_view",
)
OF_REQUESTS = (ANSWER, MEETING, MET, COPY)
LONG = timedelta(days=90)


def ask_leader(request: LeaderRequest, *, at: datetime, again: str = "") -> None:
    """The request itself. `again` says what is new since the last letter, in the software's words."""
    signed_links.call_off(request, at=at, purposes=OF_REQUESTS)
    _to_leader(
        request,
        ANSWER,
        "leader_asked",
        subject=f"{request.worker.name} asks to meet you",
        action="Read it and answer",
        at=at,
        again=again,
    )


def ask_leaders_whether_held(requests: list[LeaderRequest], *, at: datetime) -> None:
    tokens = signed_links.issue_each(MET, [(it, _whom(it)) for it in requests], at=at)
    letters.write_each(
        _letter(
            request,
            "leader_met",
            subject=f"Did you and {request.worker.name} meet?",
            action="Say whether you met",
            url=reverse("cohorts:leader_link", args=[token]),
            at=at,
        )
        for request, token in zip(requests, tokens, strict=True)
    )


def send_copy(request: LeaderRequest, *, at: datetime) -> None:
    """What was said and promised, to read and correct."""
    _to_leader(
        request,
        COPY,
        "leader_copy",
        subject=f"What {request.worker.name} wrote down of your meeting",
        action="Read it, and put right what is wrong",
        at=at,
        good_for=LONG,
        commitments=list(request.commitments.all()),
    )


def remind_of(commitments: list[Commitment], *, at: datetime) -> None:
    """Promises that are due soon: the leader may say of each how it stands."""
    links = [(it, _whom(it.request)) for it in commitments]
    tokens = signed_links.issue_each(VIEW, links, at=at, good_for=LONG)
    letters.write_each(
        _letter(
            commitment.request,
            "leader_reminder",
            subject="What you promised is due soon",
            action="Say how it stands",
            url=reverse("cohorts:leader_link", args=[token]),
            at=at,
            dedupe_key=f"commitment-reminder:{commitment.pk}",
            commitment=commitment,
        )
        for commitment, token in zip(commitments, tokens, strict=True)
    )


def arranged(request: LeaderRequest, *, at: datetime) -> None:
    """To both, with the meeting for their calendars; the leader's with a link to move it."""
    meeting = calendars.meeting(request, at=at)
    token = signed_links.issue(MEETING, request, **_whom(request), at=at, good_for=LONG)
    subject = f"Arranged: {request.worker.name} and {request.leader.name} meet"
    _write(
        request,
        "leader_arranged",
        subject=subject,
        action="See it, move it or call it off",
        url=reverse("cohorts:leader_link", args=[token]),
        at=at,
        calendar=meeting,
        hello=request.leader.name,
    )
    _to_worker(request, "leader_arranged", subject=subject, calendar=meeting, at=at)


def called_off(
    request: LeaderRequest, *, at: datetime, words: str = "", to_leader: bool = True
) -> None:
    """To both: the meeting leaves their calendars. Called before `meets_at` is emptied.

    A leader who leaves is not written to."""
    signed_links.call_off(request, at=at, purposes=OF_REQUESTS)
    meeting = calendars.meeting(request, at=at, called_off=True)
    subject = f"Not on that day: {request.worker.name} and {request.leader.name}"
    if to_leader:
        _write(
            request,
            "leader_called_off",
            subject=subject,
            at=at,
            calendar=meeting,
            hello=request.leader.name,
            words=words,
        )
    _to_worker(request, "leader_called_off", subject=subject, calendar=meeting, at=at, words=words)


def used(request: LeaderRequest, what: str, *, at: datetime) -> None:
    """To the leader: the link from the last letter was used, and what for, in case it was forwarded."""
    _write(request, "leader_used", subject="Your answer is on its way", at=at, what=what)


def _to_leader(
    request: LeaderRequest,
    purpose: str,
    template: str,
    *,
    subject: str,
    action: str,
    at: datetime,
    good_for: timedelta = signed_links.GOOD_FOR,
    **more: Any,
) -> None:
    token = signed_links.issue(purpose, request, **_whom(request), at=at, good_for=good_for)
    url = reverse("cohorts:leader_link", args=[token])
    _write(request, template, subject=subject, action=action, url=url, at=at, **more)


def _whom(request: LeaderRequest) -> dict[str, Any]:
    leader = request.leader
    return {"email": _address(request), "name": leader.name, "person": leader.person}


def _address(request: LeaderRequest) -> str:
    person = request.leader.person
    return person.email if person is not None and person.is_active else request.leader.email


def _to_worker(request: LeaderRequest, template: str, **more: Any) -> None:
    if request.worker.is_active:
        url = request.get_absolute_url()
        _write(
            request,
            template,
            to=request.worker.email,
            recipient=request.worker,
            hello=request.worker.first_name,
            action="See your request",
            url=url,
            **more,
        )


def _write(request: LeaderRequest, template: str, **more: Any) -> None:
    letters.write(**_letter(request, template, **more))


def _letter(
    request: LeaderRequest,
    template: str,
    *,
    subject: str,
    at: datetime,
    action: str = "",
    url: str = "",
    to: str = "",
    recipient: Any = None,
    calendar: str = "",
    dedupe_key: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """What `kernel.letters.write` is given."""
    leader = request.leader
    context = {
        "request": request,
        "leader": leader,
        "worker": request.worker,
        "site": settings.SITE_ADDRESS,
        "action_url": settings.SITE_ADDRESS + url if url else "",
        "action_label": action,
        **more,
    }
    return {
        "to": to or _address(request),
        "recipient": recipient or leader.person,
        "kind": template,
        "subject": subject,
        "text": render_to_string(f"emails/cohorts/{template}.txt", context).strip() + "\n",
        "html": render_to_string(f"emails/cohorts/{template}.html", context),
        "at": at,
        "calendar": calendar,
        "dedupe_key": dedupe_key,
    }
