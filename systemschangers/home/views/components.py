"""The component page: every component in every state, light beside dark. Not in production."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from systemschangers.kernel.widgets import DateInput

SECTIONS = (
    ("Tokens", "tokens", "Roles, not hues. Five sizes of type, four of space."),
    ("Words and icons", "words", "Serif for what people said, sans for what the software says."),
    ("Ways around", "ways", "The rooms, the way back, tabs, steps, and older and newer pages."),
    ("Buttons", "buttons", "A button does what it says. One primary on a page."),
    ("A win", "win", "A note pinned to the board."),
    ("Cards, pills and people", "cards", "A card has one link. A status is a pill with a word."),
    ("Filters and search", "filters", "Links, so that a choice can be sent to somebody."),
    (
        "Saying something",
        "saying",
        "Messages pass; notices stay; an empty state offers a first step.",
    ),
    ("A form", "form", "Label above, hint under it, error above the field."),
    ("A form with problems", "problems", "What was typed stays. The summary leads to each field."),
    ("Lists and figures", "lists", "Rows, a summary to check, a timeline, a table, a fold."),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    happened = forms.CharField(
        label="What happened?",
        help_text="A sentence is enough. Leave out names of people you support.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    title = forms.CharField(label="A short name for it", required=False, max_length=80)
    email = forms.EmailField(label="Your work email", help_text="We send a code to it.")
    day = forms.DateField(label="When was it?", widget=DateInput)
    depth = forms.ChoiceField(
        label="How deep did it go?",
        choices=[
            ("", "Choose one"),
            ("once", "One-off help"),
            ("flex", "Flex"),
            ("on", "On its own"),
        ],
    )
    seen_by = forms.ChoiceField(
        label="Who can see it?",
        help_text="You can change this later.",
        choices=[
            ("me", "Only me"),
            ("service", "My service (9 people)"),
            ("cohort", "My cohort (12 people)"),
            ("everyone", "Everyone here (90 people)"),
        ],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="What is it about?",
        required=False,
        choices=[("home", "Housing"), ("health", "Health"), ("money", "Money and debt")],
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.FileField(
        label="A photo", required=False, help_text="We take out where it was taken."
    )
    agreed = forms.BooleanField(
        label="They said I may tell this", help_text="Ask each person who could be recognised."
    )


def _side(scheme: str) -> dict[str, Any]:
    """What one column of the page shows; ids and labels carry the scheme, so that none is twice."""
    now = timezone.now()
    typed = {
        "happened": "The housing officer rang me back the same day.",
        "email": "ana",
        "depth": "?",
    }
    return {
        "scheme": scheme,
        "now": now,
        "soon": now + timedelta(days=2, hours=3),
        "earlier": now - timedelta(hours=5),
        "form": SampleForm(
            auto_id=f"{scheme}_%s", initial={"seen_by": "cohort", "themes": ["home"]}
        ),
        "problems": SampleForm(typed, auto_id=f"{scheme}_problem_%s"),
        "nav": [
            {"label": label, "url": "#", "icon": name, "current": name == "wins"}
            for label, name in (
                ("Home", "home"),
                ("Wins", "wins"),
                ("Meet", "meet"),
                ("Labs", "labs"),
                ("More", "more"),
            )
        ],
        "noticed": {"url": "#", "current": False},
        "tabs": _choices("My cohort", "Mine", "My service", "My cohort", "Everyone"),
        "chips": _choices(
            "Housing", "All themes", "Housing", "Health", "Money and debt", "Probation"
        ),
        "steps": [
            {"label": "Your organisation", "state": "done"},
            {"label": "Services", "state": "now"},
            {"label": "First invitation", "state": ""},
        ],
        "levels": ("success", "info", "warning", "error"),
        "rows": [
            {
                "label": "Your profile",
                "url": "#",
                "icon": "person",
                "hint": "Name, service, what you do",
            },
            {
                "label": "Mo thanked you",
                "url": "#",
                "icon": "thank",
                "hint": "2 hours ago",
                "new": True,
            },
            {"label": "Your devices", "url": "#", "icon": "phone"},
        ],
        "answers": [
            {
                "label": "What happened",
                "value": "The housing officer rang me back the same day.",
                "words": True,
                "change_url": "#",
            },
            {"label": "Seen by", "value": "My cohort: 12 people", "change_url": "#"},
            {"label": "Themes", "value": ""},
        ],
        "items": [
            {"at": now - timedelta(days=9), "who": "Ana", "what": "asked for two hours"},
            {
                "at": now - timedelta(days=1),
                "who": "Dee",
                "what": "approved it for Mo",
                "words": "Go. We will cover the Tuesday drop-in between us.",
                "now": True,
            },
        ],
        "heads": ("Month", "Logged", "Shared"),
        "table_rows": [("September", 12, 4), ("October", 18, 7), ("November", 9, 5)],
    }


def _choices(chosen: str, *labels: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": "#", "current": label == chosen} for label in labels]


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    context = {
        "sections": [
            {
                "title": title,
                "name": name,
                "template": f"home/components/_{name}.html",
                "about": about,
            }
            for title, name, about in SECTIONS
        ],
        "sides": [_side("light"), _side("dark")],
    }
    return render(request, "home/components/page.html", context)
