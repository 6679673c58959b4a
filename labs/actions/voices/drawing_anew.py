"""What was said without an account is written anew each night, in an order of chance.

A page that knows nobody writes no hour, and its keys are drawn by chance; but rows lie in their file in the
order they came, and the number of the transaction that wrote a row counts up. Beside rows whose hour is
known (what workers carry is in the audit trail) that would tell when somebody stood at a poster. After the
night it tells nothing: one transaction wrote all of them, shuffled."""

from __future__ import annotations

import random
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from labs.models import Consent, ToldBack, Voice
from labs.models.barrier_answers import random_key

from . import keeping

DAYS = timedelta(days=7)  # a worker process that was down for some nights makes up for them
AUDIENCES = ("leaders", "boards", "services")


@transaction.atomic
def draw_anew(*, at: datetime) -> int:
    """Consents given on the page, voices given directly, and answers read by receipt, of the last days.
    Nothing they say changes. Returns how many rows were written."""
    chance: random.Random = secrets.SystemRandom()
    since = timezone.localdate(at) - DAYS
    voices = Voice.objects.select_for_update().filter(way=Voice.Way.DIRECT)
    keys = list(voices.filter(told_on__gte=since).order_by("pk").values_list("pk", flat=True))
    chance.shuffle(keys)
    for key in keys:
        Voice.objects.filter(pk=key).update(told_on=F("told_on"))
    given = Consent.objects.filter(how=Consent.How.PAGE, given_on__gte=since)
    written = len(keys) + _consents(list(given.prefetch_related(*AUDIENCES)), chance)
    read = list(ToldBack.objects.filter(how=ToldBack.How.RECEIPT, on__gte=since))
    chance.shuffle(read)
    return written + _rewrite(ToldBack, read)


def _consents(found: list[Consent], chance: random.Random) -> int:
    """Each voice given directly has one. Whom it names is written again with it."""
    named = [
        (consent, {name: list(getattr(consent, name).all()) for name in AUDIENCES})
        for consent in found
    ]
    chance.shuffle(named)
    _rewrite(Consent, [consent for consent, _ in named])
    for consent, audience in named:
        keeping.name(consent, **audience)
    return len(found)


def _rewrite(model: type[Consent] | type[ToldBack], rows: list) -> int:
    """Taken out, and put back under fresh keys in the order they are given."""
    model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        row.pk = random_key()
    model.objects.bulk_create(rows)
    return len(rows)
