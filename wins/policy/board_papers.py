from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import BoardPaper


def may_make_papers(person: Person) -> Verdict:
    """Programme staff: they know the boards, and read the voices that are for them."""
    if person.reach.is_programme_staff:
        return YES
    return no("Only programme staff make board papers. Ask them for one.")


def may_work_on(person: Person, paper: BoardPaper) -> Verdict:
    """Change it, issue it, throw it away: any of programme staff, while it is a draft."""
    verdict = may_make_papers(person)
    if verdict and not paper.is_draft:
        return no("This paper has been issued, so it stays as it is. Make a newer one instead.")
    return verdict
