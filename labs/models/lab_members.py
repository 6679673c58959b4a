from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from systemschangers.kernel.constraints import one_of


class LabMemberQuerySet(models.QuerySet["LabMember"]):
    def today(self) -> LabMemberQuerySet:
        return self.filter(left_at=None)

    def visible_to(self, person) -> LabMemberQuerySet:
        """The members of one's labs. What is asked of them in private is policy's (`may_see_private`)."""
        mine = LabMember.objects.filter(lab=OuterRef("lab"), person=person.pk, left_at=None)
        return self.filter(Exists(mine))

    def for_list(self) -> LabMemberQuerySet:
        return self.select_related("person", "lab").defer("access_needs", "payment")


class LabMember(models.Model):
    """Somebody's seat in a lab. Others in it read `shown`: their alias, where they took one."""

    class Role(models.TextChoices):
        WORKER = "worker", "worker"
        SERVICE_USER = "service_user", "service user"
        LEADER = "leader", "leader"

    lab = models.ForeignKey("labs.Lab", on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lab_seats"
    )
    role = models.CharField(max_length=12, choices=Role)
    facilitates = models.BooleanField("facilitates", default=False)
    alias = models.CharField("name in the lab", max_length=60, blank=True)
    access_needs = models.TextField("access needs", max_length=1000, blank=True)
    payment = models.TextField("payment", max_length=500, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = LabMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "lab member"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "person"],
                name="lab_member_once",
                violation_error_message="They are in this lab already.",
            ),
            one_of("role", ["worker", "service_user", "leader"], name="lab_member_role_known"),
            models.CheckConstraint(
                name="lab_member_facilitators_are_staff",
                condition=~Q(facilitates=True, role="service_user"),
            ),
            models.CheckConstraint(
                name="lab_member_who_left_is_told_nothing_of",
                condition=Q(left_at__isnull=True)
                | Q(facilitates=False, access_needs="", payment=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "lab"], name="lab_seats_today", condition=Q(left_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.shown

    def get_absolute_url(self) -> str:
        return reverse("labs:lab_member", args=[self.pk])

    @property
    def shown(self) -> str:
        """The one name that is used of them in the lab."""
        return self.alias or self.person.name
