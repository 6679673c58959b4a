"""Who manages whom, and who decides for a manager who is away."""

from __future__ import annotations

from datetime import date

from cohorts.models import Deputyship, Organisation, Person, Post

MOST_NAMED = 2


def line_manager_of(person: Person) -> Person | None:
    """The line manager of the newest current post that has one whose account is open."""
    posts = Post.objects.current().filter(person=person, line_manager__is_active=True)
    newest = posts.select_related("line_manager").order_by("-started", "-id").first()
    return newest.line_manager if newest else None


def employer_of(person: Person) -> Organisation | None:
    """The organisation of the newest post they hold today."""
    posts = Post.objects.current().filter(person=person).select_related("service__organisation")
    newest = posts.order_by("-started", "-id").first()
    return newest.service.organisation if newest else None


def is_deputy_for(person: Person, manager_id: int, day: date) -> bool:
    return Deputyship.objects.filter(deputy=person, person=manager_id).on(day).exists()


def team_of(person: Person, day: date):
    """The people whose line manager `person` is, or stands in for on that day; never oneself."""
    stood_in_for = Deputyship.objects.filter(deputy=person).on(day).values("person")
    posts = Post.objects.current().order_by()
    managed = posts.filter(line_manager=person) | posts.filter(line_manager__in=stood_in_for)
    return Person.objects.here().filter(pk__in=managed.values("person")).exclude(pk=person.pk)


def managers_of_job(title: str, organisation: Organisation):
    """The line managers of people in that job there today, by the words of its title."""
    held = Post.objects.current().filter(
        service__organisation=organisation, title__iexact=title.strip()
    )
    return Person.objects.here().filter(pk__in=held.order_by().values("line_manager"))


def who_sets_line_managers() -> str:
    """In words, with names: “Cas Mendes and other programme staff”."""
    staff = [str(who) for who in Person.objects.programme_staff().order_by("name")[:MOST_NAMED]]
    if staff:
        return f"{' or '.join(staff)} of the programme staff"
    return "An administrator"
