from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank, one_of


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def visible_to(self, person) -> ReflectionQuerySet:
        """Its author. There is no other way in: not for staff, not for administrators."""
        return self.filter(author=person) if person.is_authenticated else self.none()


class Reflection(models.Model):
    """A page of somebody's journal for stand-back time. Nobody else ever reads it."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reflections"
    )
    on = models.DateField("which day")
    # The protected time it was written in, where they say so.
    time = models.ForeignKey(
        "cohorts.TimeRequest",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reflections",
    )
    prompt = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=8000)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = "reflection"
        ordering = ["-on", "-id"]
        constraints = [not_blank("words", name="reflection_says_something")]
        indexes = [models.Index(fields=["author", "made_at", "id"], name="reflection_newest")]

    def __str__(self) -> str:
        return f"reflection {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("labs:reflection", args=[self.pk])

    @property
    def excerpt(self) -> str:
        text = " ".join(self.words.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, person) -> PassageQuerySet:
        """The author of the reflection it is of."""
        return self.filter(reflection__in=Reflection.objects.visible_to(person))


class Passage(models.Model):
    """Words of a reflection on their way to another page, whose form they fill in. Nothing is published
    by it: it lies here until its author has sent that form, and goes then."""

    class Kind(models.TextChoices):
        BARRIER = "barrier", "barrier"
        INSIGHT = "insight", "insight"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="passages")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(max_length=4000)
    made_at = models.DateTimeField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["barrier", "insight"], name="passage_kind_known"),
            not_blank("words", name="passage_says_something"),
        ]

    def __str__(self) -> str:
        return f"passage {self.pk}"
