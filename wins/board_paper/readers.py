"""Who reads a paper, by account or by the link in a letter: what they may see of each thing is asked of the
thing’s own rules, at the moment they read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cohorts.models import Commitment, Leader, Person
from cohorts.models.commitments import CommitmentQuerySet
from labs.models import Barrier, Voice
from labs.models.barrier_queryset import BarrierQuerySet
from labs.models.voice_queryset import VoiceQuerySet
from wins.models import Story
from wins.models.stories import StoryQuerySet


class Reader(Protocol):
    def voices(self, today: date) -> VoiceQuerySet: ...

    def barriers(self) -> BarrierQuerySet: ...

    def commitments(self) -> CommitmentQuerySet: ...

    def stories(self) -> StoryQuerySet: ...


@dataclass(frozen=True)
class ByAccount:
    person: Person

    def voices(self, today: date) -> VoiceQuerySet:
        return Voice.objects.visible_to(self.person, today)

    def barriers(self) -> BarrierQuerySet:
        return Barrier.objects.visible_to(self.person)

    def commitments(self) -> CommitmentQuerySet:
        return Commitment.objects.visible_to(self.person)

    def stories(self) -> StoryQuerySet:
        return Story.objects.visible_to(self.person)


@dataclass(frozen=True)
class ByLink:
    """A leader of the board who has no account."""

    leader: Leader

    def voices(self, today: date) -> VoiceQuerySet:
        return Voice.objects.visible_to_leader(self.leader, today)

    def barriers(self) -> BarrierQuerySet:
        return Barrier.objects.visible_to_leader(self.leader)

    def commitments(self) -> CommitmentQuerySet:
        return Commitment.objects.visible_to_leader(self.leader)

    def stories(self) -> StoryQuerySet:
        return Story.objects.visible_to_leader(self.leader)
