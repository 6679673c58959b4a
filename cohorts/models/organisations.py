from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from systemschangers.kernel.constraints import not_blank


class Organisation(models.Model):
    """An employer: a council, a trust, a charity."""

    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_named_once",
                violation_error_message="That organisation is already here.",
            ),
            not_blank("name", name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A team in an organisation: the people you share an office, a rota or a caseload with."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="services"
    )
    name = models.CharField(max_length=120)
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="service_named_once",
                violation_error_message="That organisation already has a service of this name.",
            ),
            not_blank("name", name="service_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
