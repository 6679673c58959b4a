from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class ThankYouQuerySet(models.QuerySet["ThankYou"]):
    def visible_to(self, person) -> ThankYouQuerySet:
        """Giver and receiver; others only what the receiver agreed to show, and to whom."""
        reach = person.reach
        shown = Q(state=ThankYou.State.SHOWN) & (
            Q(shown_to=ThankYou.ShownTo.EVERYONE)
            | Q(shown_to=ThankYou.ShownTo.SERVICE, service__in=reach.services)
        )
        return self.filter(Q(giver=person) | Q(receiver=person) | shown)

    def for_list(self) -> ThankYouQuerySet:
        return self.select_related("giver", "receiver", "service__organisation")


class ThankYou(models.Model):
    """Thanks for something somebody saw. Shown to others only with the thanked person's yes."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for a yes"
        SHOWN = "shown", "shown"
        KEPT = "kept", "kept between you"

    class ShownTo(models.TextChoices):
        SERVICE = "service", "my service"
        EVERYONE = "everyone", "everyone here"

    SHOW = Step({State.WAITING, State.KEPT}, State.SHOWN)
    KEEP = Step({State.WAITING, State.SHOWN}, State.KEPT)

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="thanks_given"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="thanks_received"
    )
    service = models.ForeignKey(
        "cohorts.Service", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField(max_length=1000)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    shown_to = models.CharField(max_length=10, choices=ShownTo, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ThankYouQuerySet.as_manager()

    class Meta:
        verbose_name = "thank you"
        verbose_name_plural = "thank yous"
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("words", name="thank_you_has_words"),
            models.CheckConstraint(
                name="thank_you_is_for_somebody_else",
                condition=~Q(giver=models.F("receiver")),
                violation_error_message="Choose somebody else to thank.",
            ),
            models.CheckConstraint(
                name="thank_you_shown_to_someone",
                condition=(Q(state="shown") & ~Q(shown_to=""))
                | (~Q(state="shown") & Q(shown_to="")),
            ),
            one_of("state", ["waiting", "shown", "kept"], name="thank_you_state_known"),
        ]

    def __str__(self) -> str:
        return f"thank you {self.pk}"
