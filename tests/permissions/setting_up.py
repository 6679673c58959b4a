"""The pages of setting up: the administrator's, and nobody else's."""

from __future__ import annotations

NOUNS = (
    "cohort",
    "organisation",
    "person",
    "place",
    "post",
    "service",
    "theme",
)
NOBODY_ADDS = {"admin:cohorts_person_add"}  # people come by invitation
PAGES = [
    "admin:index",
    *(
        page
        for noun in NOUNS
        for page in (f"admin:cohorts_{noun}_changelist", f"admin:cohorts_{noun}_add")
        if page not in NOBODY_ADDS
    ),
]
