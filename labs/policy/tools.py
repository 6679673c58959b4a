"""Who may add exercises, and who keeps them. An exercise filled in is its author's alone."""

from __future__ import annotations

from cohorts.models import Person, Post
from labs.models import Canvas, LabMember, Tool
from systemschangers.kernel.policy import YES, Verdict, no


def may_add_tool(person: Person) -> Verdict:
    """Managers, programme staff, and whoever runs a cohort or facilitates a lab."""
    reach = person.reach
    if Post.Kind.MANAGER in reach.kinds or reach.is_programme_staff or reach.run_cohorts:
        return YES
    if LabMember.objects.today().filter(person=person.pk, facilitates=True).exists():
        return YES
    return no("Managers, facilitators and programme staff add exercises. Ask one of them.")


def may_keep_tool(person: Person, tool: Tool) -> Verdict:
    """To change or retire it: whoever added it, and programme staff."""
    if tool.is_built_in:
        return no("This exercise comes with the software, so its words stay as they are.")
    if tool.made_by_id == person.pk or person.reach.is_programme_staff:
        return YES
    return no("Only whoever added this exercise, and programme staff, can change it.")


def may_begin(person: Person, tool: Tool) -> Verdict:
    if tool.state == Tool.State.RETIRED:
        return no("This exercise is no longer offered.")
    return YES


def may_write(person: Person, canvas: Canvas) -> Verdict:
    """Answer, share, stop sharing, remove."""
    if canvas.author_id == person.pk:
        return YES
    return no("Only whoever filled this in can change it.")


def may_share(person: Person, canvas: Canvas) -> Verdict:
    own = may_write(person, canvas)
    if own and canvas.state != Canvas.State.DONE:
        return no("Finish it first. Then you can share it, if you want to.")
    return own
