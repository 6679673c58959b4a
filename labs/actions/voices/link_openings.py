"""A leader’s link belongs to the browser it is first opened in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from labs.models import LinkOpening
from systemschangers.kernel.models import SignedLink


def open_link(*, link: SignedLink, at: datetime) -> str:
    """The secret that this browser is to keep; empty when another was first. The caller’s transaction
    holds the link: of two at once one is first."""
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        SignedLink.objects.select_for_update().get(pk=link.pk)
        if opened(link):
            return ""
        LinkOpening.objects.create(link=link, browser_hash=_digest(secret), opened_at=at)
    return secret


def opened(link: SignedLink) -> bool:
    return LinkOpening.objects.filter(link=link).exists()


def opened_here(link: SignedLink, secret: str) -> bool:
    return (
        bool(secret)
        and LinkOpening.objects.filter(link=link, browser_hash=_digest(secret)).exists()
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
