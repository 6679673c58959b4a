from __future__ import annotations

from django.db import models
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank, one_of

from .inside import InsideLab, InsideQuerySet


class Pattern(InsideLab):
    """A sentence over the insights that say it. Who in the lab agrees with it, each says themselves."""

    sentence = models.CharField("the sentence", max_length=300)
    # When its words were last changed under others who had agreed with the words before.
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "pattern"
        ordering = ["id"]
        constraints = [not_blank("sentence", name="pattern_has_a_sentence")]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return f"{reverse('labs:lab', args=[self.lab_id])}#pattern-{self.pk}"


class Insight(InsideLab):
    """Something somebody sees now that they did not see before. Not a solution."""

    class Lens(models.TextChoices):
        ME = "me", "me"
        ORGANISATION = "organisation", "my organisation"
        SYSTEM = "system", "the wider system"

    words = models.TextField("what you see now", max_length=1000)
    lens = models.CharField(max_length=12, choices=Lens, default=Lens.SYSTEM)
    pattern = models.ForeignKey(
        Pattern, null=True, blank=True, on_delete=models.SET_NULL, related_name="insights"
    )

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "insight"
        ordering = ["id"]
        constraints = [
            not_blank("words", name="insight_has_words"),
            one_of("lens", ["me", "organisation", "system"], name="insight_lens_known"),
        ]
        indexes = [models.Index(fields=["lab", "id"], name="insight_of_lab")]

    def __str__(self) -> str:
        return self.excerpt

    def get_absolute_url(self) -> str:
        return f"{reverse('labs:lab', args=[self.lab_id])}#insight-{self.pk}"

    @property
    def excerpt(self) -> str:
        text = " ".join(self.words.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"
