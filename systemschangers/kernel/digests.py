"""One letter a day, or a week, with what is still new for a person: grouped, newest first.

What a person hears at once is written when it happens (letters.write_about). All else waits here, on its
Notification, until a letter is written or there is none to write: then its e-mail is `settled`. Each is
mailed once at most. What is seen meanwhile, or over, or may no longer be read, is not mailed at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from systemschangers.kernel import letters, notices
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.notices import Told
from systemschangers.kernel.paces import KINDS, Kind, Pace, paces_of, stop_address

HOUR = 7
BATCH = 100
MOST_OF_A_KIND = 20
# Of one person, the newest: whoever runs a programme of thousands has the rest on their page. It bounds
# what is read at once, and is far more than anybody reads in a letter.
MOST_READ = 200


@dataclass(frozen=True)
class Group:
    """What a letter says of one kind. `more`: how many others there are, on the page only."""

    kind: Kind
    told: list[Told]
    more: int


def write_digests(*, at: datetime) -> int:
    """Write the letters that are due: daily ones since seven in the morning, weekly since Monday's.

    Run as often as you like, by as many workers: a person is one worker's at a time. Returns how many."""
    daily, weekly = cut_offs(at)
    written, last = 0, 0
    while True:
        waiting = Notification.objects.to_mail().filter(made_at__lte=daily, recipient__gt=last)
        ids = list(
            waiting.order_by("recipient").values_list("recipient", flat=True).distinct()[:BATCH]
        )
        if not ids:
            return written
        written += _write_for(ids, daily, weekly, at)
        last = ids[-1]


def cut_offs(at: datetime) -> tuple[datetime, datetime]:
    """The last seven o'clock of a morning, and of a Monday, in the installation's time."""
    here = timezone.localtime(at)
    day = here.date() if here.time() >= time(HOUR) else here.date() - timedelta(days=1)
    monday = day - timedelta(days=day.weekday())
    return _seven(day), _seven(monday)


def _seven(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(HOUR)))


@transaction.atomic
def _write_for(ids: list[int], daily: datetime, weekly: datetime, at: datetime) -> int:
    people = get_user_model()._default_manager.filter(pk__in=ids)
    held = list(people.select_for_update(skip_locked=True, no_key=True).order_by("pk"))
    paces = paces_of(held)
    due = Notification.objects.to_mail().filter(_due(held, paces, weekly), made_at__lte=daily)
    theirs: dict[int, list[Notification]] = defaultdict(list)
    for row in due.for_list().newest_of_each(MOST_READ):
        theirs[row.recipient_id].append(row)
    settled = Q(pk__in=[row.pk for rows in theirs.values() for row in rows])
    written = 0
    for person in held:
        rows = theirs.get(person.pk, [])
        many = len(rows) == MOST_READ
        if many:
            older = Q(made_at__lt=rows[-1].made_at) | Q(
                made_at=rows[-1].made_at, pk__lt=rows[-1].pk
            )
            settled |= Q(recipient=person) & older
        wanted = [row for row in rows if paces[person.pk, _kind(row)] != Pace.NEVER]
        if person.is_active and wanted and _write(person, wanted, many, at):
            written += 1
    due.filter(settled).update(mail_settled_at=at)
    return written


def _due(people: list[Any], paces: dict[tuple[int, str], str], weekly: datetime) -> Q:
    """Theirs, but for what somebody wants once a week and is younger than this week's letter."""
    waits = Q()
    for key in KINDS:
        who = [person.pk for person in people if paces[person.pk, key] == Pace.WEEKLY]
        if who:
            waits |= Q(recipient__in=who, event__verb__in=notices.verbs_of(key), made_at__gt=weekly)
    return Q(recipient__in=people) & ~waits


def _kind(row: Notification) -> str:
    return notices.kind_of(row.event.verb).key


def _write(person: Any, rows: list[Notification], many: bool, at: datetime) -> Letter | None:
    """The letter of one person; None when nothing of it is left to tell. `many`: there are more."""
    told = [one for one in notices.tell(person, rows, at=at) if one.by_email and not one.over]
    if not told:
        return None
    groups = []
    for kind in KINDS.values():
        of_kind = [one for one in told if one.kind == kind]
        if of_kind:
            more = len(of_kind) - MOST_OF_A_KIND
            groups.append(Group(kind, of_kind[:MOST_OF_A_KIND], max(more, 0)))
    least = "At least " if many else ""
    subject = told[0].words if len(told) == 1 else f"{least}{len(told)} things are new for you"
    stop = stop_address(person, None)
    context = {
        "groups": groups,
        "many": many,
        "person": person,
        "subject": subject,
        "site": settings.SITE_ADDRESS,
        "stop": stop,
    }
    return letters.write(
        to=person.email,
        kind="digest",
        subject=subject,
        text=render_to_string("emails/kernel/digest.txt", context).strip() + "\n",
        html=render_to_string("emails/kernel/digest.html", context),
        at=at,
        recipient=person,
        dedupe_key=f"digest:{person.pk}:{max(row.pk for row in rows)}",
        stop=stop,
    )
