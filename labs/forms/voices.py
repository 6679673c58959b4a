"""What is asked of whoever carries a voice, checks one, answers one, or takes an answer back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.words import PlainForm, in_sentence_case
from cohorts.models import Board, Leader, Person, Service, Theme
from labs.consent_words import USUAL, Scope
from labs.models import Consent, ToldBack, Voice
from systemschangers.kernel.widgets import DateInput

WORDS = 4000
HOW = [choice for choice in Consent.How.choices if choice[0] != Consent.How.PAGE]
HOW_TOLD = [choice for choice in ToldBack.How.choices if choice[0] != ToldBack.How.RECEIPT]


def ears() -> list[Any]:
    """Who a voice can be told to: leaders and boards that listen, as one list of choices."""
    leaders = Leader.objects.filter(retired_at=None).order_by("name", "id")
    boards = Board.objects.filter(retired_at=None).select_related("organisation").order_by("name")
    return [
        ("", "Choose one"),
        ("Leaders", [(f"leader-{one.pk}", str(one)) for one in leaders]),
        ("Boards", [(f"board-{one.pk}", str(one)) for one in boards]),
    ]


def ear(value: str) -> tuple[Leader | None, Board | None]:
    kind, _, pk = value.partition("-")
    if kind == "leader":
        return Leader.objects.select_related("person").get(pk=int(pk)), None
    return None, Board.objects.select_related("organisation", "chair").get(pk=int(pk))


class ConsentForm(PlainForm):
    """What the person agrees to: asked with them, and read to them once more before it is kept."""

    to_board = forms.BooleanField(
        label="It may be read out, and printed, when a board meets", required=False
    )
    to_learn = forms.BooleanField(
        label="Others who work here may learn from it",
        required=False,
        help_text="Needed if you choose people of your service, or everyone, below.",
    )
    also_leader = forms.ModelChoiceField(
        Leader.objects.none(),
        label="May another leader read it?",
        required=False,
        empty_label="No other leader",
    )
    also_boards = forms.ModelMultipleChoiceField(
        Board.objects.none(),
        label="May boards read it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    my_service = forms.BooleanField(
        label="People who work in the service may read it", required=False
    )
    everyone = forms.BooleanField(
        label="Everyone who has an account here may read it", required=False
    )
    until = forms.DateField(
        label="Until when?",
        widget=DateInput,
        help_text="After that nobody can read it, unless they say yes again.",
    )
    how = forms.ChoiceField(
        label="How do they say yes?", choices=in_sentence_case(HOW), widget=forms.RadioSelect
    )
    witness = forms.CharField(
        label="Who else is there?",
        required=False,
        max_length=100,
        help_text="A colleague, an interpreter, a friend: “their sister”, not her name.",
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = today + USUAL
        leaders: Any = self.fields["also_leader"]
        leaders.queryset = Leader.objects.filter(retired_at=None).order_by("name", "id")
        boards: Any = self.fields["also_boards"]
        boards.queryset = (
            Board.objects.filter(retired_at=None).select_related("organisation").order_by("name")
        )

    def scope(self, leader: Leader | None, board: Board | None, service: Service | None) -> Scope:
        """What was chosen, with whom the voice is for among its readers."""
        data = self.cleaned_data
        leaders = dict.fromkeys(one for one in (leader, data["also_leader"]) if one)
        boards = dict.fromkeys(one for one in (board, *data["also_boards"]) if one)
        return Scope(
            until=data["until"],
            leaders=tuple(leaders),
            boards=tuple(boards),
            services=(service,) if data["my_service"] and service else (),
            everyone=data["everyone"],
            to_board=data["to_board"],
            to_learn=data["to_learn"],
        )


class CarryForm(ConsentForm):
    """Words and consent, taken with the person. The consent’s fields stand below the voice’s."""

    words = area(
        "What do they say, in their own words?",
        WORDS,
        rows=6,
        help_text="As they say it: “I”, not “she”. Leave out names, and what shows who they are.",
    )
    to = forms.ChoiceField(label="Whom is it for?", choices=[])
    service = forms.ModelChoiceField(
        Service.objects.none(), label="From which service?", empty_label=None
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="What is it about?", required=False, empty_label="Choose one"
    )
    field_order = ("words", "to", "service", "theme")

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        to: Any = self.fields["to"]
        to.choices = ears()
        own: Any = self.fields["service"]
        own.queryset = Service.objects.filter(pk__in=person.reach.services).order_by("name")
        own.initial = next(iter(person.reach.services), None)
        if len(person.reach.services) < 2:
            own.widget = forms.HiddenInput()
        theme: Any = self.fields["theme"]
        theme.queryset = Theme.objects.order_by("name")


class AgainForm(PlainForm):
    """`version`: of the words that were sent back, so that none is written over unseen."""

    words = area("Their words, changed with them", WORDS, rows=6)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)


class SpeakForm(PlainForm):
    """On the page of a poster: no name, no address, nothing that is not needed."""

    words = area(
        "What do you want to say?",
        WORDS,
        rows=6,
        help_text="In your own words. Leave out names, addresses, and what shows who you are.",
    )
    to_board = forms.BooleanField(
        label="It may be read out, and printed, when their board meets", required=False
    )
    everyone = forms.BooleanField(
        label="Others who work in services may read it and learn from it", required=False
    )


class PlanForm(PlainForm):
    words = area("What will change?", 2000, rows=3)
    by_when = forms.DateField(label="By when?", widget=DateInput)


class VerdictForm(PlainForm):
    words = area("What do they say?", 1000, required=False, rows=2)


class MineVerdictForm(PlainForm):
    words = area(
        "What is it like now?",
        1000,
        required=False,
        rows=2,
        help_text="Whoever may read your voice reads this. Leave out what shows who you are.",
    )


class ToldBackForm(PlainForm):
    how = forms.ChoiceField(
        label="How did you tell them?", choices=in_sentence_case(HOW_TOLD), widget=forms.RadioSelect
    )
    on = forms.DateField(label="When?", widget=DateInput)
    words = area("What did they say to it?", 1000, required=False, rows=2)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = today


class PosterForm(PlainForm):
    service = forms.ModelChoiceField(
        Service.objects.none(), label="For which service’s wall?", empty_label=None
    )
    to = forms.ChoiceField(
        label="Who listens?",
        choices=[],
        help_text="Ask them first. The sheet names them, and they are written to.",
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        own: Any = self.fields["service"]
        own.queryset = Service.objects.filter(pk__in=person.reach.services).order_by("name")
        to: Any = self.fields["to"]
        to.choices = ears()


def answers_of(voice: Voice, consent: Consent | None) -> dict[str, Any]:
    """What the form for a new consent shows of the one that stands."""
    if consent is None:
        return {}
    also = [one for one in consent.leaders.all() if one.pk != voice.leader_id]
    return {
        "to_board": consent.to_board,
        "to_learn": consent.to_learn,
        "everyone": consent.everyone,
        "my_service": consent.services.exists(),
        "also_leader": also[0].pk if also else None,
        "also_boards": [one.pk for one in consent.boards.all() if one.pk != voice.board_id],
    }
