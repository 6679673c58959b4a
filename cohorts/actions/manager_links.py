"""What a manager decides by signed link: the same actions as with an account, and the link used up in
the same transaction, so that a decision that is refused leaves the link as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from cohorts.locking import lock_worker
from cohorts.models import LeaderRequest, ManagerAgreement, RoleStatement, TimeRequest
from systemschangers.kernel import letters, signed_links

Thing = ManagerAgreement | TimeRequest | LeaderRequest | RoleStatement


@transaction.atomic
def decide(
    *, token: str, purpose: str, thing: Thing, act: Callable[..., Any], at: datetime, **given: Any
) -> Any:
    """`act` is what decides; `given` what it takes beside `by` and `at`. The manager hears by letter
    that the link was used. Raises LinkRefused, and whatever `act` raises: then nothing has changed."""
    _hold(thing)
    link = signed_links.use(token, (purpose,), at=at)
    if link.target_id != thing.pk:
        raise signed_links.LinkRefused("other purpose", link)
    done = act(by=link.person, at=at, **given)
    context = {
        "name": link.name,
        "worker": thing.worker,
        "site": settings.SITE_ADDRESS,
        "action_url": "",
        "action_label": "",
    }
    letters.write(
        to=link.email,
        recipient=link.person,
        kind="manager_used",
        subject="Your decision is on its way",
        text=render_to_string("emails/cohorts/manager_used.txt", context).strip() + "\n",
        html=render_to_string("emails/cohorts/manager_used.html", context),
        at=at,
        dedupe_key=f"manager-used:{link.pk}",
    )
    return done


def _hold(thing: Thing) -> None:
    """The rows first, in the order everybody takes them, and then the link."""
    rows: Any = type(thing)._default_manager.filter(pk=thing.pk)
    if isinstance(thing, ManagerAgreement):
        lock_worker(thing.worker_id)
    elif isinstance(thing, TimeRequest) and thing.series:
        rows = TimeRequest.objects.filter(series=thing.series)
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
