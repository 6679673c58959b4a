"""Letters to people who know of an outcome: with a link that needs no account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from systemschangers.kernel import letters, signed_links
from wins.models import Substantiation

ANSWER = "outcome_answer"
GOOD_FOR = timedelta(days=60)


def ask(asked: Substantiation, *, at: datetime, again: bool = False) -> None:
    token = signed_links.issue(
        ANSWER,
        asked,
        email=asked.email,
        name=asked.name,
        at=at,
        person=asked.person,
        good_for=GOOD_FOR,
    )
    subject = f"{asked.asked_by.name} asks whether something is so"
    address = settings.SITE_ADDRESS + reverse("wins:outcome_answer", args=[token])
    more = {"again": again, "action_url": address, "action_label": "Read it and answer"}
    _write(asked, asked.email, "outcome_asked", subject=subject, at=at, **more)


def answered(asked: Substantiation, *, email: str, at: datetime) -> None:
    """The link was used: so that nobody answers in another's name unseen."""
    _write(asked, email, "outcome_answered", subject="Your answer is on the page", at=at)


def _write(
    asked: Substantiation, email: str, template: str, *, subject: str, at: datetime, **more: Any
) -> None:
    context = {"asked": asked, "site": settings.SITE_ADDRESS, **more}
    letters.write(
        to=email,
        recipient=asked.person,
        kind=template,
        subject=subject,
        text=render_to_string(f"emails/wins/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"emails/wins/{template}.html", context),
        at=at,
    )
