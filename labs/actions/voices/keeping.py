"""What every step of a voice does: lock the row, ask whether its consent still lasts, keep the consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import Person
from labs import consent_words
from labs.consent_words import Scope
from labs.models import Consent, Voice
from labs.models.barrier_answers import random_key
from systemschangers.kernel.lifecycle import WrongState


class TakenBack(WrongState):
    """The voice went while its page was open. What was typed is shown again, to keep."""

    def __init__(self) -> None:
        super().__init__(
            "This voice can’t be read any more: its consent has ended, or was taken back."
        )


def locked(voice: Voice) -> Voice:
    """The row as it is now, ours until the transaction ends. Locked first, and read after."""
    found = Voice.objects.select_for_update().only("pk").filter(pk=voice.pk).first()
    if found is None:
        raise TakenBack
    return Voice.objects.for_detail().get(pk=voice.pk)


def readable(voice: Voice, by: Person, at: datetime) -> Voice:
    """The row, locked, if a consent that lasts lets `by` read it. Raises TakenBack otherwise."""
    voice = locked(voice)
    seen = Voice.objects.visible_to(by, timezone.localdate(at)).filter(pk=voice.pk)
    if not seen.exists():
        raise TakenBack
    return voice


def insist_on_words(words: str, otherwise: str, field: str = "words") -> None:
    if not words.strip():
        raise ValidationError({field: otherwise})


def insist_on_a_scope(scope: Scope, today: date) -> None:
    """Raises ValidationError for a consent that nobody could give."""
    if scope.until < today:
        raise ValidationError({"until": "That day has passed. Choose one that is still to come."})
    if scope.until > today + consent_words.LONGEST:
        raise ValidationError({"until": "Choose a day within two years. They can say yes again."})
    if (scope.everyone or scope.services) and not scope.to_learn:
        raise ValidationError(
            {"to_learn": "You let others read it. Then it is also for others to learn from."}
        )
    retired = [one.retired_at for one in scope.leaders] + [one.retired_at for one in scope.boards]
    if any(retired):
        raise ValidationError({"also": "Somebody you chose no longer listens here. Look again."})


def give(
    voice: Voice,
    scope: Scope,
    *,
    how: str,
    at: datetime,
    taken_by: Person | None = None,
    witness: str = "",
) -> Consent:
    """A consent takes the place of the one that stood, word for word as it was shown."""
    today = timezone.localdate(at)
    end(voice, Consent.State.REPLACED, today)
    consent = Consent.objects.create(
        id=random_key() if how == Consent.How.PAGE else None,
        voice=voice,
        version=consent_words.VERSION,
        wording=consent_words.wording(scope, carrier=taken_by.name if taken_by else ""),
        to_board=scope.to_board,
        to_learn=scope.to_learn,
        everyone=scope.everyone,
        given_on=today,
        until=scope.until,
        how=how,
        taken_by=taken_by,
        witness=witness,
    )
    name(consent, leaders=scope.leaders, boards=scope.boards, services=scope.services)
    return consent


def name(consent: Consent, **audience: Iterable[Any]) -> None:
    """Whom a consent names. Given on the page, no key counts up: it would stand between two whose hour
    is known."""
    for whom, chosen in audience.items():
        if consent.how != Consent.How.PAGE:
            getattr(consent, whom).add(*chosen)
            continue
        row: Any = getattr(Consent, whom).through
        field = f"{row._meta.get_field(whom.removesuffix('s')).name}_id"
        row.objects.bulk_create(
            row(id=random_key(), consent=consent, **{field: one.pk}) for one in chosen
        )


def end(voice: Voice, state: Consent.State, today: date) -> None:
    voice.consents.filter(state=Consent.State.STANDING).update(state=state, ended_on=today)
