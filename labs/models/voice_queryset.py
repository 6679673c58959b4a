"""Who may read which voice, and what a page needs of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cohorts.models import Leader

from .consents import Consent

if TYPE_CHECKING:
    from .voices import Voice  # noqa: F401 (named in the base class)


class VoiceQuerySet(models.QuerySet["Voice"]):
    def visible_to(self, person, today: date | None = None) -> VoiceQuerySet:
        """The one definition of who may read a voice: whom a consent that is live on that day names.

        Every consent names the worker who carries the voice and the programme staff who check it, from
        the start; the others once it has been checked and sent on. No consent, none that lasts, taken
        back: then nobody."""
        if not person.is_authenticated:
            return self.none()
        consents = Consent.objects.live(today or timezone.localdate())
        of_this = consents.filter(voice=OuterRef("pk"))
        close = Q() if person.reach.is_programme_staff else Q(carried_by=person)
        named = Q(state__in=self.model.ON_ITS_WAY) & Q(Exists(of_this.naming(person)))
        return self._standing().filter((Q(Exists(of_this)) & close) | named)

    def visible_to_leader(self, leader: Leader, today: date | None = None) -> VoiceQuerySet:
        """What a leader may be shown by letter, with no account: under the same rule."""
        consents = Consent.objects.live(today or timezone.localdate())
        named = consents.filter(voice=OuterRef("pk")).naming_leader(leader)
        return self._standing().filter(Exists(named), state__in=self.model.ON_ITS_WAY)

    def for_teller(self, today: date | None = None) -> VoiceQuerySet:
        """What its receipt opens: one's own words, whether or not a consent still lasts."""
        return self._standing()

    def carried_by_me(self, person) -> VoiceQuerySet:
        """What the worker who carries it may see to without reading it: that it is there, and its
        consent, also once that has run out and has to be asked for anew."""
        return self._standing().filter(carried_by=person)

    def at_board(self, board, today: date | None = None) -> VoiceQuerySet:
        """Those that may be read out at `board`: a live consent says so and names it."""
        live = Consent.objects.live(today or timezone.localdate()).filter(to_board=True)
        named = live.filter(voice=OuterRef("pk"), boards=board)
        return self._standing().filter(Exists(named), state__in=self.model.ON_ITS_WAY)

    def for_list(self) -> VoiceQuerySet:
        return self.select_related(
            "leader", "board__organisation", "carried_by", "service", "theme"
        ).defer("search")

    def for_detail(self) -> VoiceQuerySet:
        return self.select_related(
            "leader__person",
            "board__organisation",
            "board__chair__person",
            "carried_by",
            "checked_by",
            "service__organisation",
            "theme",
            "poster",
        ).defer("search")

    def _standing(self) -> VoiceQuerySet:
        return self.exclude(state="withdrawn")
