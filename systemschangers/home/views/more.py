from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.models import Deputyship, Person, Post
from cohorts.requests import PersonRequest

Way = tuple[str, str, str, str]

EVERYBODY: tuple[Way, ...] = (
    ("My wins and drafts", "wins:mine", "wins", "Only you see your drafts."),
    ("My year in small wins", "wins:year", "calendar", "For your eyes only."),
    ("Thank somebody", "wins:thank_yous", "thank", "For something you saw them do."),
    ("Stories", "wins:stories", "note", "Of people who stay on the frontline and change things."),
    (
        "Most significant change",
        "wins:selection_rounds",
        "wins",
        "Put something forward, and read what was chosen and why.",
    ),
    ("Take it to the team meeting", "wins:team_sheet", "print", "A month of wins on one page."),
    (
        "What’s not working",
        "labs:barriers",
        "warning",
        "What gets in the way, and who can change it.",
    ),
    ("My time", "cohorts:time_requests", "clock", "Ask for it, and say how it went."),
    ("My hours, month by month", "cohorts:ledger", "calendar", ""),
    ("My agreement", "cohorts:agreements", "note", "Hours a month, agreed with your manager."),
    ("My requests to meet leaders", "cohorts:leader_requests", "meet", ""),
    ("Meetings in my calendar", "cohorts:calendar", "calendar", "An address your calendar reads."),
    ("Looking across", "home:looking_across", "eye", "What other services do on your themes."),
    ("People", "cohorts:people", "people", "Who is here, and in which service."),
    ("Organisations and services", "cohorts:organisations", "building", ""),
    ("Cohorts", "cohorts:cohorts", "circle", ""),
    ("Sessions of my cohorts", "cohorts:sessions", "calendar", ""),
    ("Learning calls", "cohorts:learning_calls", "phone", "Once a month, me and my partner."),
    ("Joining a cohort", "cohorts:open_cohorts", "plus", "What is open, and where you stand."),
    ("Me and my account", "cohorts:me", "person", "Your page, signing in, deputies, leaving."),
    ("How you sign in", "mfa_index", "key", "Passkeys, code app, where you are signed in."),
)
PROGRAMME: tuple[Way, ...] = (
    ("Worries about wins", "wins:worries", "flag", "What somebody asked you to look at."),
    (
        "Match rounds",
        "cohorts:match_rounds",
        "meet",
        "Bring people of different services together.",
    ),
    ("Invitations", "cohorts:invitations", "mail", "Who was asked, who has come."),
    ("Bring people in from a spreadsheet", "cohorts:import", "upload", ""),
)
DECIDES: tuple[Way, ...] = (
    ("Decisions", "cohorts:decisions", "check", "What people wait for you to decide."),
    ("My team’s hours", "cohorts:team_ledger", "people", ""),
)
ADMINISTRATOR: tuple[Way, ...] = (
    ("The first steps", "cohorts:start_steps", "forward", "From nothing to the first invitation."),
    ("Setting up", "admin:index", "settings", "Organisations, services, places and themes."),
)


def ways_for(person: Person) -> list[dict[str, str]]:
    """Where else this person can go, in the order of who they are."""
    ways = [*(DECIDES if decides(person) else ()), *EVERYBODY]
    if person.reach.is_programme_staff or person.is_staff:
        ways += PROGRAMME if person.reach.is_programme_staff else PROGRAMME[2:]
    if person.is_staff:
        ways += ADMINISTRATOR
    return [
        {"label": label, "url": reverse(name), "icon": icon, "hint": hint}
        for label, name, icon, hint in ways
    ]


def decides(person: Person) -> bool:
    """Whoever manages, or stands in for somebody today."""
    if Post.Kind.MANAGER in person.reach.kinds:
        return True
    manages = Post.objects.current().filter(line_manager=person)
    today = Deputyship.objects.filter(deputy=person).on(timezone.localdate())
    return manages.exists() or today.exists()


@require_safe
def more(request: PersonRequest) -> HttpResponse:
    return render(request, "home/more.html", {"rows": ways_for(request.user)})
