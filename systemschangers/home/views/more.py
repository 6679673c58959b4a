from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.models import Board, Deputyship, Person, Post
from cohorts.requests import PersonRequest

Way = tuple[str, str, str, str]

GROUPS: tuple[tuple[str, tuple[Way, ...]], ...] = (
    (
        "Small wins",
        (
            ("My wins and drafts", "wins:mine", "wins", "Only you see your drafts."),
            ("My year in small wins", "wins:year", "calendar", "For your eyes only."),
            ("Thank somebody", "wins:thank_yous", "thank", "For something you saw them do."),
            ("Take it to the team meeting", "wins:team_sheet", "print", "A month on one page."),
        ),
    ),
    (
        "Permission and time",
        (
            ("My time", "cohorts:time_requests", "clock", "Ask for it, and say how it went."),
            ("My hours, month by month", "cohorts:ledger", "calendar", ""),
            ("My agreement", "cohorts:agreements", "note", "Hours a month, with your manager."),
            ("My requests to meet leaders", "cohorts:leader_requests", "meet", ""),
            ("Meetings in my calendar", "cohorts:calendar", "calendar", "An address it reads."),
        ),
    ),
    (
        "Working on the system",
        (
            ("Labs", "labs:labs", "labs", "One question, worked on together."),
            ("What’s not working", "labs:barriers", "warning", "And who can change it."),
            ("Voices", "labs:voices", "comment", "What service users tell leaders."),
            ("Thinking exercises", "labs:tools", "circle", "Five minutes to see more of it."),
            ("My journal", "labs:reflections", "lock", "For standing back. Only you read it."),
            ("Looking across", "home:looking_across", "eye", "What others do on your themes."),
        ),
    ),
    (
        "What it all came to",
        (
            ("In figures", "home:impact", "list", "Everyone here, and groups of five or more."),
            ("What I did, in figures", "home:impact_mine", "lock", "Only you see it."),
            ("The pulse", "wins:pulse", "circle", "Thirteen statements, four times a year."),
            ("Stories", "wins:stories", "note", "Of people who stay, and change things."),
            ("Most significant change", "wins:selection_rounds", "wins", "Chosen, with a reason."),
            ("Ripples", "wins:ripples_newest", "circle", "What small things led to."),
            ("Outcomes", "wins:outcomes", "check", "Who works differently now."),
            (
                "Clauses for job descriptions",
                "cohorts:role_clauses",
                "note",
                "To build roles with.",
            ),
            ("Role statements", "cohorts:role_statements", "edit", "What belongs to your job."),
            ("Written into jobs", "cohorts:clause_adoptions", "building", "By which employers."),
            ("Who stayed on the frontline", "cohorts:stay_rates", "people", "Cohort by cohort."),
        ),
    ),
    (
        "People and cohorts",
        (
            ("People", "cohorts:people", "people", "Who is here, and in which service."),
            ("Organisations and services", "cohorts:organisations", "building", ""),
            ("Boards", "cohorts:boards", "building", "Leaders who decide together."),
            ("Cohorts", "cohorts:cohorts", "circle", ""),
            ("Sessions of my cohorts", "cohorts:sessions", "calendar", ""),
            ("Learning calls", "cohorts:learning_calls", "phone", "Once a month, two of you."),
            ("Joining a cohort", "cohorts:open_cohorts", "plus", "What is open, where you stand."),
        ),
    ),
    (
        "Me",
        (
            ("Me and my account", "cohorts:me", "person", "Your page, deputies, leaving."),
            ("How you sign in", "mfa_index", "key", "Passkeys, code app, where you are."),
        ),
    ),
)
PROGRAMME: tuple[Way, ...] = (
    ("Worries about wins", "wins:worries", "flag", "What somebody asked you to look at."),
    ("Board papers", "wins:board_papers", "print", "What a board reads before it meets."),
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
FOR_BOARDS: tuple[Way, ...] = (
    ("Papers for my boards", "wins:board_papers", "print", "To read before they meet."),
)
ADMINISTRATOR: tuple[Way, ...] = (
    ("The first steps", "cohorts:start_steps", "forward", "From nothing to the first invitation."),
    ("Setting up", "admin:index", "settings", "Organisations, services, places and themes."),
)


def ways_for(person: Person) -> list[dict[str, Any]]:
    """Where else this person can go: headed groups, in the order of who they are."""
    groups = [("For you to decide", DECIDES)] if decides(person) else []
    if not person.reach.is_programme_staff and Board.objects.of(person).exists():
        groups.append(("For you to read", FOR_BOARDS))
    groups += GROUPS
    if person.reach.is_programme_staff:
        groups.append(("Running the programme", PROGRAMME))
    if person.is_staff:
        bring_in = () if person.reach.is_programme_staff else PROGRAMME[3:]
        groups.append(("Setting up", (*bring_in, *ADMINISTRATOR)))
    return [
        {"heading": heading, "rows": [_row(way) for way in ways]}
        for heading, ways in groups
        if ways
    ]


def _row(way: Way) -> dict[str, str]:
    label, name, icon, hint = way
    return {"label": label, "url": reverse(name), "icon": icon, "hint": hint}


def decides(person: Person) -> bool:
    """Whoever manages, or stands in for somebody today."""
    if Post.Kind.MANAGER in person.reach.kinds:
        return True
    manages = Post.objects.current().filter(line_manager=person)
    today = Deputyship.objects.filter(deputy=person).on(timezone.localdate())
    return manages.exists() or today.exists()


@require_safe
def more(request: PersonRequest) -> HttpResponse:
    return render(request, "home/more.html", {"groups": ways_for(request.user)})
