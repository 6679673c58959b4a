from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cohorts.models import Board, Leader
from systemschangers.kernel.constraints import not_blank, one_of


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self, today: date) -> ConsentQuerySet:
        """Those that hold on that day: the newest of each voice, begun, not run out, not taken back."""
        return self.filter(state="standing", given_on__lte=today, until__gte=today)

    def naming(self, person) -> ConsentQuerySet:
        """Those whose audience `person` is in, by account: everyone here, a service, a leader, a board."""
        named = Q(everyone=True)
        if person.reach.services:
            services = Consent.services.through.objects.filter(service__in=person.reach.services)
            named |= Q(pk__in=services.values("consent"))
        leaders = Consent.leaders.through.objects.filter(
            leader__person=person, leader__retired_at=None
        )
        boards = Consent.boards.through.objects.filter(board__in=Board.objects.of(person))
        named |= Q(pk__in=leaders.values("consent")) | Q(pk__in=boards.values("consent"))
        return self.filter(named)

    def naming_leader(self, leader: Leader) -> ConsentQuerySet:
        """Those that name a leader, who may have no account: by name, or through a board."""
        if leader.retired_at:
            return self.none()
        boards = Board.objects.filter(Q(chair=leader) | Q(members=leader), retired_at=None)
        by_name = Consent.leaders.through.objects.filter(leader=leader).values("consent")
        by_board = Consent.boards.through.objects.filter(board__in=boards).values("consent")
        return self.filter(Q(pk__in=by_name) | Q(pk__in=by_board))


class Consent(models.Model):
    """What somebody agreed to about their voice: the wording word for word, what for, who may read it,
    until when, how they said so and who was there.

    Never changed. A new one takes its place, wider or narrower; taken back, none does."""

    class How(models.TextChoices):
        SPOKEN = "spoken", "said yes, after it was read to them"
        READ = "read", "read it and said yes"
        SIGNED = "signed", "signed it on paper"
        INTERPRETED = "interpreted", "said yes through an interpreter"
        PAGE = "page", "themselves, on the page"

    class State(models.TextChoices):
        STANDING = "standing", "stands"
        REPLACED = "replaced", "another took its place"
        WITHDRAWN = "withdrawn", "taken back"

    voice = models.ForeignKey("labs.Voice", on_delete=models.CASCADE, related_name="consents")
    version = models.CharField("version of the wording", max_length=20)
    wording = models.TextField("the wording, as it was shown", max_length=4000)
    to_board = models.BooleanField("may be read out and printed at a board", default=False)
    to_learn = models.BooleanField("others may learn from it", default=False)
    everyone = models.BooleanField("everyone here may read it", default=False)
    leaders = models.ManyToManyField("cohorts.Leader", blank=True, related_name="+")
    boards = models.ManyToManyField("cohorts.Board", blank=True, related_name="+")
    services = models.ManyToManyField("cohorts.Service", blank=True, related_name="+")
    given_on = models.DateField()
    until = models.DateField()
    how = models.CharField("how it was given", max_length=12, choices=How)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    witness = models.CharField("who else was there", max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.STANDING)
    ended_on = models.DateField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "consent"
        ordering = ["id"]
        constraints = [
            one_of(
                "how",
                ["spoken", "read", "signed", "interpreted", "page"],
                name="consent_how_known",
            ),
            one_of("state", ["standing", "replaced", "withdrawn"], name="consent_state_known"),
            not_blank("wording", name="consent_keeps_its_wording"),
            not_blank("version", name="consent_keeps_its_version"),
            models.CheckConstraint(
                name="consent_lasts_until_after_it_begins", condition=Q(until__gte=F("given_on"))
            ),
            models.CheckConstraint(
                name="consent_ended_has_a_day",
                condition=Q(state="standing", ended_on__isnull=True)
                | (~Q(state="standing") & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="consent_everyone_reads_to_learn",
                condition=Q(everyone=False) | Q(to_learn=True),
            ),
            models.CheckConstraint(
                name="consent_taken_by_somebody_or_given_on_the_page",
                condition=Q(how="page", taken_by__isnull=True)
                | (~Q(how="page") & Q(taken_by__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["voice"],
                condition=Q(state="standing"),
                name="consent_one_stands_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="consent_running_out")]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    def has_run_out(self, today: date) -> bool:
        return self.state == self.State.STANDING and self.until < today
