"""A page of one's journal: written, changed, removed; and words of it taken to another page."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from cohorts.models import Person, TimeRequest
from labs import events
from labs.models import Passage, Reflection
from systemschangers.kernel import activity
from systemschangers.kernel.models import Thread
from systemschangers.kernel.policy import no
from systemschangers.kernel.threads import tie


class EditedMeanwhile(Exception):
    """The reflection was changed since the form was opened. `now` is how it stands."""

    def __init__(self, now: Reflection) -> None:
        super().__init__("You changed this meanwhile.")
        self.now = now


@transaction.atomic
def write(
    *, words: str, prompt: str = "", time: TimeRequest | None = None, by: Person, at: datetime
) -> Reflection:
    """Only `by` ever reads it. `time`: the protected time of theirs that it was written in."""
    _insist_on_words(words)
    if time is not None and time.worker_id != by.pk:
        no("That is not your time.").require()
    reflection = Reflection.objects.create(
        author=by,
        on=timezone.localdate(at),
        time=time,
        prompt=prompt,
        words=words.strip(),
        made_at=at,
        changed_at=at,
    )
    activity.record(events.REFLECTION_WRITTEN, actor=by, target=reflection, at=at)
    return reflection


@transaction.atomic
def change(
    *, reflection: Reflection, words: str, version: int, by: Person, at: datetime
) -> Reflection:
    """Raises EditedMeanwhile when `version` is not the latest."""
    reflection = _locked(reflection, by)
    _insist_on_words(words)
    if reflection.version != version:
        raise EditedMeanwhile(reflection)
    reflection.words, reflection.version = words.strip(), reflection.version + 1
    reflection.changed_at = at
    reflection.save()
    activity.record(events.REFLECTION_CHANGED, actor=by, target=reflection, at=at)
    return reflection


@transaction.atomic
def remove(*, reflection: Reflection, by: Person, at: datetime) -> None:
    """For good. What was made of it stays, and nothing tells where it came from."""
    reflection = _locked(reflection, by)
    activity.record(events.REFLECTION_REMOVED, actor=by, target=reflection, at=at)
    Thread.objects.of(reflection).delete()
    reflection.delete()


@transaction.atomic
def take_passage(
    *, reflection: Reflection, kind: str, words: str, by: Person, at: datetime
) -> Passage:
    """Words to begin a barrier or an insight with. Nothing is published: they lie ready for its form."""
    reflection = _locked(reflection, by)
    _insist_on_words(words)
    return Passage.objects.create(reflection=reflection, kind=kind, words=words.strip(), made_at=at)


@transaction.atomic
def passage_became(*, passage: Passage, thing: models.Model, by: Person, at: datetime) -> None:
    """Its form was sent: the two are tied, which only the reflection's author ever sees."""
    reflection = _locked(passage.reflection, by)
    tie(thing, Thread.Kind.CAME_OF, reflection, by=by, at=at)
    Passage.objects.filter(pk=passage.pk).delete()


def _locked(reflection: Reflection, by: Person) -> Reflection:
    reflection = Reflection.objects.select_for_update().get(pk=reflection.pk)
    if reflection.author_id != by.pk:
        no("Only whoever wrote this can do that.").require()
    return reflection


def _insist_on_words(words: str) -> None:
    if not words.strip():
        raise ValidationError({"words": "There is nothing here yet. A few words are enough."})
