from __future__ import annotations

from django.db import models


class PatternAgreementQuerySet(models.QuerySet["PatternAgreement"]):
    def visible_to(self, person) -> PatternAgreementQuerySet:
        """With the sentence: the members of its lab."""
        from .insights import Pattern

        return self.filter(pattern__in=Pattern.objects.visible_to(person).order_by().values("pk"))

    def today(self) -> PatternAgreementQuerySet:
        """Of who is in the lab today: whoever left no longer counts."""
        return self.filter(member__left_at=None)

    def for_list(self) -> PatternAgreementQuerySet:
        return self.select_related("member__person")


class PatternAgreement(models.Model):
    """A member of a lab agrees with one of its sentences, in the words it has now."""

    pattern = models.ForeignKey("labs.Pattern", on_delete=models.CASCADE, related_name="agreements")
    member = models.ForeignKey("labs.LabMember", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = PatternAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "agreement with a sentence"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "member"], name="pattern_agreed_once")
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"
