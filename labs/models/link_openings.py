from __future__ import annotations

from django.db import models

from systemschangers.kernel.constraints import not_blank


class LinkOpening(models.Model):
    """Which browser a leader’s link was first opened in, as the digest of a secret only that browser has:
    passed on after that, the link shows nothing."""

    link = models.OneToOneField(
        "kernel.SignedLink", on_delete=models.CASCADE, related_name="opening"
    )
    browser_hash = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "opening of a link"
        constraints = [not_blank("browser_hash", name="link_opening_knows_its_browser")]

    def __str__(self) -> str:
        return f"opening of link {self.link_id}"
