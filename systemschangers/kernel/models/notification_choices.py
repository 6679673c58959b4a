from __future__ import annotations

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import one_of


class NotificationChoice(models.Model):
    """How often a person hears by e-mail of one kind of thing. No row: the kind's own default."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", "at once"
        DAILY = "daily", "once a day"
        WEEKLY = "weekly", "once a week"
        NEVER = "never", "never"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=40)
    pace = models.CharField(max_length=10, choices=Pace)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="notification_choice_one_a_kind"
            ),
            one_of("pace", ["at_once", "daily", "weekly", "never"], name="notification_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_pace_display()}"
