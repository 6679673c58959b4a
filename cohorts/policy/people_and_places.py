"""Who may do what with people, organisations and cohorts, and why not.

Two kinds of people set things up. Administrators (`is_staff`) set up the whole place and read nothing
private. Programme staff (a current post of that kind) add services, people, posts, cohorts and
invitations, since they meet newcomers first. Only administrators make or unmake administrators, in
/setting-up/. Everybody owns their own name, words about themselves and job title."""

from __future__ import annotations

from datetime import date

from cohorts.models import Deputyship, Invitation, Person, Post
from systemschangers.kernel.policy import YES, Verdict, no

DECIDES_FOR_OTHERS = {Post.Kind.MANAGER, Post.Kind.LEADER, Post.Kind.PROGRAMME}


def _runs_it(person: Person, what: str) -> Verdict:
    if person.is_staff or person.reach.is_programme_staff:
        return YES
    return no(f"Only programme staff and administrators can {what}. Ask one of them.")


def may_set_up(person: Person) -> Verdict:
    """The first steps, and the pages at /setting-up/."""
    return (
        YES
        if person.is_staff
        else no("Only administrators can set up this place. Ask one of them.")
    )


def may_change_organisations(person: Person) -> Verdict:
    return _runs_it(person, "add or change organisations and services")


def may_run_cohorts(person: Person) -> Verdict:
    return _runs_it(person, "add or change cohorts and who is in them")


def may_invite(person: Person) -> Verdict:
    return _runs_it(person, "invite people")


def may_import(person: Person) -> Verdict:
    return _runs_it(person, "bring in a list of people")


def may_send_again(person: Person, invitation: Invitation) -> Verdict:
    return _still_waiting(person, invitation)


def may_call_off_invitation(person: Person, invitation: Invitation) -> Verdict:
    return _still_waiting(person, invitation)


def _still_waiting(person: Person, invitation: Invitation) -> Verdict:
    if invitation.accepted_at:
        return no(f"{invitation.name} has already joined.")
    if invitation.called_off_at:
        return no("This invitation was called off. Write a new one.")
    return may_invite(person)


def may_change_posts(person: Person) -> Verdict:
    """Adding, changing and ending posts: whom people work for decides who sees their words."""
    return _runs_it(person, "add, change or end posts")


def may_correct_title(person: Person, post: Post) -> Verdict:
    """One's own job title, while one holds the post."""
    if post.ended:
        return no("This post has ended, so it stays as it was.")
    return YES if post.person_id == person.pk else may_change_posts(person)


def may_name_deputy(person: Person) -> Verdict:
    decides = DECIDES_FOR_OTHERS & person.reach.kinds
    if decides or person.managed_posts.filter(ended=None).exists():
        return YES
    return no(
        "A deputy decides for somebody who is away. You don’t decide for others here, "
        "so you don’t need one."
    )


def may_call_off_deputyship(person: Person, deputyship: Deputyship) -> Verdict:
    if deputyship.called_off_at:
        return no("This is already called off.")
    if deputyship.person_id != person.pk:
        return no(f"Only {deputyship.person} can call this off. Ask them.")
    return YES


def may_leave(person: Person) -> Verdict:
    others = Person.objects.here().filter(is_staff=True).exclude(pk=person.pk)
    if person.is_staff and not others.exists():
        return no(
            "You are the only administrator here. Make somebody else one first, "
            "under Setting up, so that the place is not left without."
        )
    return YES


def deciders_for(manager: Person | None, day: date) -> list[Person]:
    """Who decides what is `manager`'s to decide on that day: the manager, and a deputy if one is named.

    The deputy's decision counts as the manager's; the page that shows it names both."""
    if manager is None:
        return []
    deputies = Person.objects.here().filter(
        deputises__in=Deputyship.objects.on(day).filter(person=manager)
    )
    return [person for person in (manager, *deputies) if person.is_active]
