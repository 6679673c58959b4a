from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class ClauseAdoptionQuerySet(models.QuerySet["ClauseAdoption"]):
    def visible_to(self, person) -> ClauseAdoptionQuerySet:
        """Everyone here sees which employers wrote what into which jobs."""
        return self

    def figures(self) -> dict[str, int]:
        """How many employers wrote how many clauses into how many jobs, and how many are confirmed."""
        job = models.functions.Lower("job_title")
        confirmed = Q(state=ClauseAdoption.State.CONFIRMED)
        jobs = self.order_by().annotate(job=job).values("organisation", "job").distinct()
        return self.aggregate(
            employers=models.Count("organisation", distinct=True),
            clauses=models.Count("pk"),
            confirmed=models.Count("pk", filter=confirmed),
        ) | {"jobs": jobs.count()}

    def unconfirmed_beside(self, adoption: ClauseAdoption) -> ClauseAdoptionQuerySet:
        """What the same person wrote down of the same job, itself included, and nobody confirmed."""
        return self.filter(
            state=ClauseAdoption.State.RECORDED,
            organisation=adoption.organisation_id,
            job_title__iexact=adoption.job_title,
            recorded_by=adoption.recorded_by_id,
        )

    def for_list(self) -> ClauseAdoptionQuerySet:
        return self.select_related("organisation", "clause", "recorded_by", "confirmed_by")


class ClauseAdoption(models.Model):
    """An employer wrote a clause into the description of a job. It counts as confirmed once somebody of
    that employer, other than who wrote it down here, has said so."""

    class State(models.TextChoices):
        RECORDED = "recorded", "not confirmed yet"
        CONFIRMED = "confirmed", "confirmed"

    CONFIRM = Step({State.RECORDED}, State.CONFIRMED)

    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="clause_adoptions"
    )
    job_title = models.CharField("which job", max_length=120)
    clause = models.ForeignKey(
        "cohorts.RoleClause", on_delete=models.PROTECT, related_name="adoptions"
    )
    words = models.TextField("the words in the job description", max_length=600)
    since = models.DateField("since when")
    evidence_link = models.URLField("where it can be read", max_length=500, blank=True)
    evidence = models.TextField("how you know", max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECORDED)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ClauseAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "adoption"
        ordering = ["-since", "-id"]
        constraints = [
            not_blank("job_title", name="clause_adoption_names_the_job"),
            not_blank("words", name="clause_adoption_has_words"),
            one_of("state", ["recorded", "confirmed"], name="clause_adoption_state_known"),
            both_or_neither(
                "confirmed_at", "confirmed_by", name="clause_adoption_confirmed_by_one"
            ),
            models.CheckConstraint(
                name="clause_adoption_confirmed_has_a_time",
                condition=Q(state="recorded", confirmed_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="clause_adoption_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
            ),
            models.CheckConstraint(
                name="clause_adoption_says_how_we_know",
                condition=~Q(evidence="") | ~Q(evidence_link=""),
            ),
            models.UniqueConstraint(
                models.F("organisation"),
                models.functions.Lower("job_title"),
                models.F("clause"),
                name="clause_adoption_once_a_job",
                violation_error_message="That clause is already written down for this job.",
            ),
        ]
        indexes = [models.Index(fields=["since", "id"], name="clause_adoption_in_order")]

    def __str__(self) -> str:
        return f"{self.job_title}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:clause_adoption", args=[self.pk])

    @property
    def of_job(self) -> tuple[int, str, date]:
        """What is told together on a page: the clauses of one job, since one day."""
        return self.organisation_id, self.job_title.casefold(), self.since

    def confirm(self, *, by, at: datetime) -> None:
        self.CONFIRM.apply(self)
        self.confirmed_by, self.confirmed_at = by, at
