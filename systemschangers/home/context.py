"""What the frame of every page shows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from systemschangers.kernel.middleware.kept_words import left_over

ROOMS = (
    ("Home", "home:home", "home"),
    ("Wins", "wins:wall", "wins"),
    ("Meet", "cohorts:leaders", "meet"),
    ("Labs", "labs:labs", "labs"),
    ("More", "home:more", "more"),
)
# Addresses that belong to a room besides those under its own.
ALSO = {
    "wins:wall": ("/stories/", "/selection-rounds/", "/nominations/"),
    "cohorts:leaders": (
        *("/leader-requests/", "/commitments/", "/meetings/", "/notes/"),
        *("/practices/", "/borrowings/"),
        *("/people/meet/", "/match-rounds/", "/match-places/", "/looking-across/"),
    ),
    "labs:labs": (
        *("/barriers/", "/handed-down/", "/voices/", "/tools/", "/canvases/", "/reflections/"),
        *("/lab-members/", "/lab-sessions/", "/insights/", "/patterns/", "/experiments/"),
        *("/lab-decisions/",),
    ),
}


def frame(request: HttpRequest) -> dict:
    """What every page is given. One query at most, none for who is signed out."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {
            "nav": [],
            "noticed": None,
            "person": None,
            "unread_count": 0,
            "mode": settings.MODE,
        }
    here = request.path
    nav = []
    for label, name, icon in ROOMS:
        url = reverse(name)
        current = here == url if url == "/" else here.startswith((url, *ALSO.get(name, ())))
        nav.append({"label": label, "url": url, "icon": icon, "current": current})
    if person.by_code_card:  # their labs, and nothing to be told of
        nav = [room for room in nav if room["icon"] == "labs"]
        return {
            "nav": nav,
            "noticed": None,
            "person": person,
            "unread_count": 0,
            "mode": settings.MODE,
        }
    noticed = reverse("home:notifications")
    return {
        "nav": nav,
        "noticed": {"url": noticed, "current": here.startswith(noticed)},
        "person": person,
        "unread_count": person.notifications.unseen().count(),
        "mode": settings.MODE,
        "typed_before": SimpleLazyObject(lambda: left_over(request)),
    }
