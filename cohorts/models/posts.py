from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import WrongState


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, person) -> PostQuerySet:
        """What people here do, and did, is known to people here."""
        return self.filter(person__is_active=True)

    def current(self) -> PostQuerySet:
        return self.filter(ended=None)

    def for_list(self) -> PostQuerySet:
        return self.select_related("service__organisation", "service__place", "line_manager")


class Post(models.Model):
    """A job someone holds in a service. Ended posts stay: the stay rate is worked out from them."""

    class Kind(models.TextChoices):
        FRONTLINE = "frontline", "frontline worker"
        MANAGER = "manager", "manager"
        LEADER = "leader", "leader"
        PROGRAMME = "programme", "programme staff"

    class WentTo(models.TextChoices):
        SAME = "same", "same frontline job elsewhere here"
        FRONTLINE_ELSEWHERE = "frontline_elsewhere", "the frontline, somewhere else"
        INFLUENCING = "influencing", "left the frontline, still influencing"
        LEFT = "left", "left the system"
        UNKNOWN = "unknown", "not known"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts"
    )
    service = models.ForeignKey("cohorts.Service", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("job title", max_length=120)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.FRONTLINE)
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="managed_posts",
    )
    started = models.DateField()
    ended = models.DateField(null=True, blank=True)
    went_to = models.CharField(max_length=20, choices=WentTo, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-started", "-id"]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=models.Q(ended__isnull=True) | models.Q(ended__gte=models.F("started")),
                violation_error_message="The post can’t end before it starts.",
            ),
            models.CheckConstraint(
                name="post_where_they_went_once_ended",
                condition=models.Q(went_to="") | models.Q(ended__isnull=False),
                violation_error_message="Say where they went only once the post has ended.",
            ),
            models.CheckConstraint(
                name="post_nobody_manages_themselves",
                condition=models.Q(line_manager__isnull=True)
                | ~models.Q(line_manager=models.F("person")),
                violation_error_message="Nobody is their own line manager.",
            ),
            models.UniqueConstraint(
                fields=["person", "service"],
                condition=models.Q(ended__isnull=True),
                name="post_one_at_a_time_in_a_service",
                violation_error_message="They already have a post in that service.",
            ),
            one_of("kind", ["frontline", "manager", "leader", "programme"], name="post_kind_known"),
            not_blank("title", name="post_has_a_title"),
        ]
        indexes = [
            models.Index(
                fields=["service"], name="post_current", condition=models.Q(ended__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.service}"

    def end(self, *, on: date, went_to: str) -> None:
        """Raises WrongState when it has ended already. The caller holds the row's lock and saves."""
        if self.ended:
            raise WrongState("This post has already ended.")
        self.ended, self.went_to = on, went_to
