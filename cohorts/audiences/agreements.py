"""Agreements between workers and managers: who hears, and in what words."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from cohorts import events
from cohorts.models import ManagerAgreement, Person
from cohorts.policy import deciders_for
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless
from systemschangers.kernel.paces import WAITS

from .by_link import AGREEMENT, to_decide


def deciders(agreement: ManagerAgreement, at: datetime) -> list[Person]:
    """The manager and today's deputy, but for the worker, who may be that deputy."""
    people = deciders_for(agreement.manager, timezone.localdate(at))
    return [person for person in people if person.pk != agreement.worker_id]


def decided(agreement: ManagerAgreement) -> list[Person]:
    """The worker; and the manager, when a deputy decided."""
    return both(agreement) if agreement.decided_for_id else [agreement.worker]


def both(agreement: ManagerAgreement) -> list[Person]:
    return [who for who in (agreement.worker, agreement.manager) if who.is_active]


def _page(event: Event) -> str:
    return reverse("cohorts:agreement", args=[event.target_id])


register(
    Notice(
        events.AGREEMENT_PROPOSED,
        words=lambda event: f"{event.who} proposes an agreement about time for systems change.",
        url=_page,
        action="See what is proposed",
        kind=WAITS,
        over=unless("proposed"),
        by_link=to_decide(AGREEMENT),
    ),
    Notice(
        events.AGREEMENT_PROPOSED_AGAIN,
        words=lambda event: f"{event.who} has changed the agreement proposed to you.",
        url=_page,
        action="See what is proposed",
        kind=WAITS,
        over=unless("proposed"),
        by_link=to_decide(AGREEMENT),
    ),
    Notice(
        events.AGREEMENT_AGREED,
        words=lambda event: f"{event.who} has agreed to the proposed agreement.",
        url=_page,
        action="See your agreement",
    ),
    Notice(
        events.AGREEMENT_TALK,
        words=lambda event: f"{event.who} would like to talk the proposed agreement through.",
        url=_page,
        action="See what to talk about",
        kind=WAITS,
        over=unless("talk"),
    ),
    Notice(
        events.AGREEMENT_ENDED,
        words=lambda event: f"{event.who} has ended an agreement with you.",
        url=_page,
        action="See the agreement",
    ),
    Notice(
        events.AGREEMENT_RENEWAL,
        words=lambda event: "It is time to look at your agreement again. It stands until you do.",
        url=_page,
        action="Renew or end it",
        kind=WAITS,
        over=unless("agreed"),
    ),
    Notice(
        events.AGREEMENT_MOVED,
        words=lambda event: "An agreement has a new line manager.",
        url=_page,
        action="See the agreement",
        by_link=to_decide(AGREEMENT),
    ),
)
