from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import both_or_neither, not_blank


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, person) -> CommentQuerySet:
        """Where the win is visible. A removed or hidden one: to its author and programme staff."""
        from .wins import Win

        shown = Q(removed_at=None, hidden_at=None) | Q(author=person, removed_at=None)
        if person.reach.is_programme_staff:
            shown |= Q(removed_at=None)
        return self.filter(shown, win__in=Win.objects.visible_to(person))


class Comment(models.Model):
    """Words under a win. Removed by its author, or hidden by programme staff with a reason."""

    win = models.ForeignKey("wins.Win", on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments"
    )
    words = models.TextField(max_length=2000)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hidden_reason = models.CharField(max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            not_blank("words", name="comment_has_words"),
            both_or_neither("hidden_at", "hidden_by", name="comment_hidden_by_someone"),
            models.CheckConstraint(
                name="comment_hidden_with_a_reason",
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"
