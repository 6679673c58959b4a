"""Who reads and writes what a cohort saw on its visits."""

from __future__ import annotations

from cohorts.models import Cohort, ExposureVisit, Person
from systemschangers.kernel.policy import YES, Verdict, no


def may_read_visits(person: Person, cohort: Cohort) -> Verdict:
    """The people in the cohort, and programme staff."""
    if person.reach.is_programme_staff or cohort.pk in person.reach.cohorts:
        return YES
    return no("Visits are read by the people in this cohort and by programme staff.")


def may_write_visit(person: Person, cohort: Cohort) -> Verdict:
    if may_read_visits(person, cohort):
        return YES
    return no("Visits are written down by the people in this cohort and by programme staff.")


def may_change_visit(person: Person, visit: ExposureVisit) -> Verdict:
    """Their own words: nobody else changes them, staff included."""
    if visit.person_id == person.pk:
        return YES
    return no(f"Only {visit.person} can change this: these are their words.")
