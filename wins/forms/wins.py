"""What a win is told with. One field is enough; the rest waits under “Say more”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Upper
from django.http import QueryDict

from cohorts.models import Person, Theme
from systemschangers.kernel.widgets import DateInput
from wins import photos, seen_by
from wins.actions.wins import Telling
from wins.forms.choices import CONDITIONS, DEPTHS, LENSES
from wins.forms.links import earlier_wins
from wins.forms.photos import PhotoField
from wins.models import Win

SAY_MORE = (
    *(
        "made_hard",
        "what_changed",
        "lens",
        "depth",
        "condition",
        "themes",
        "happened_on",
        "helpers",
    ),
    *("other_helpers", "photo", "photo_alt", "came_of", "kept_photo"),
)
KEPT_AS_IS = ("lens", "depth", "condition", "happened_on", "photo_alt")
MOST_HELPERS = 12
MOST_MATES = 30


def longer_words(label: str, rows: int, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class WinForm(forms.Form):
    """For one person, and one win of theirs when it is changed. Says nothing of state or author."""

    what_happened = longer_words(
        "What happened?",
        5,
        required=True,
        help_text="A sentence is enough. Leave out names and anything that shows who somebody is.",
        error_messages={"required": "Say what happened. A few words are enough."},
    )
    made_hard = longer_words("What made it hard?", 3)
    what_changed = longer_words("What changed, and for whom?", 3)
    lens = forms.ChoiceField(
        label="Where did it change something?",
        choices=LENSES,
        required=False,
        widget=forms.RadioSelect,
    )
    depth = forms.ChoiceField(
        label="How deep did it go?", choices=DEPTHS, required=False, widget=forms.RadioSelect
    )
    condition = forms.TypedChoiceField(
        label="What made it possible?",
        choices=CONDITIONS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text="What workers said their roles need. Choose the one that helped most.",
    )
    themes = forms.TypedMultipleChoiceField(
        label="What is it about?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    happened_on = forms.DateField(
        label="When was it?",
        required=False,
        widget=DateInput,
        error_messages={"invalid": "Write the day like this: 24/11/2026."},
    )
    helpers = forms.TypedMultipleChoiceField(
        label="Who helped?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They are told, if they may see this win.",
    )
    other_helpers = forms.CharField(
        label="Anybody else who helped?",
        max_length=400,
        required=False,
        help_text="Names with commas between. Colleagues and partners, not service users.",
    )
    photo = PhotoField(
        label="Photo",
        required=False,
        help_text="We turn it upright, make it small, and take out where and when it was taken."
        " No faces, screens or papers that show who somebody is.",
    )
    photo_alt = forms.CharField(
        label="What does the photo show?",
        max_length=200,
        required=False,
        help_text="For people who can’t see it.",
    )
    came_of = forms.ChoiceField(label="Did it come of an earlier win?", required=False)
    visibility = forms.ChoiceField(
        label="Who can see it?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who can see it.",
            "invalid_choice": "Choose again who can see it: your service or cohort has changed.",
        },
    )
    kept_photo = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        person: Person,
        today: date,
        win: Win | None = None,
        came_of: Win | None = None,
        **options: Any,
    ) -> None:
        self.person, self.win, self.today, self.earlier_win = person, win, today, came_of
        self.photo_so_far: photos.KeptPhoto | None = None
        if not args:
            options["initial"] = self._start() | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["visibility"].choices = lambda: [  # type: ignore[attr-defined]
            (choice.value, choice.label) for choice in self.sharing
        ]
        lists: dict[str, Callable[[], list[tuple[Any, str]]]] = {
            "themes": lambda: self.some_themes,
            "helpers": lambda: self.mates,
            "came_of": lambda: [("", "No"), *self.earlier],
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()

    # --- What there is to choose from: read once, and only when it is shown or was chosen --------

    @cached_property
    def sharing(self) -> list[seen_by.Choice]:
        return seen_by.choices(self.person, self.win)

    @cached_property
    def some_themes(self) -> list[tuple[int, str]]:
        return list(Theme.objects.values_list("pk", "name"))

    @cached_property
    def mates(self) -> list[tuple[int, str]]:
        """People of one's services and cohorts, and whoever is named already."""
        reach = self.person.reach
        near = Person.objects.in_service(*reach.services) | Person.objects.in_cohort(*reach.cohorts)
        mates = dict(
            near.exclude(pk=self.person.pk).order_by("name").values_list("pk", "name")[:MOST_MATES]
        )
        if self.win is not None:
            named = self.win.helpers.exclude(person=None)
            mates |= dict(named.values_list("person_id", "person__name"))
        return list(mates.items())

    @cached_property
    def earlier(self) -> list[tuple[int, str]]:
        """Wins it may have come of: one's own, those one said one would try, the one it began at."""
        wins = earlier_wins(self.person, self.win)
        if self.earlier_win is not None and self.earlier_win.pk not in {win.pk for win in wins}:
            wins.insert(0, self.earlier_win)
        return [(win.pk, win.excerpt) for win in wins]

    # --- What it starts with ------------------------------------------------------------------

    def _start(self) -> dict[str, Any]:
        if self.win is not None:
            return told_of(self.win, self.sharing)
        start: dict[str, Any] = {"visibility": self._first_choice}
        if self.earlier_win is not None:
            start["came_of"] = self.earlier_win.pk
        return start

    def _first_choice(self) -> str:
        last = self.person.wins.defer("search").order_by("-pk").first()
        return seen_by.first_choice(self.sharing, last).value

    # --- What it gives ------------------------------------------------------------------------

    def clean_happened_on(self) -> date | None:
        day = self.cleaned_data["happened_on"]
        if day and day > self.today:
            raise ValidationError("That day is still to come. Choose today or an earlier day.")
        if day and day.year < 1950:
            raise ValidationError("Check the year.")
        return day

    def clean_other_helpers(self) -> tuple[str, ...]:
        parts = re.split(r"[,;\n]", self.cleaned_data["other_helpers"])
        names = tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
        if len(names) > MOST_HELPERS:
            raise ValidationError(f"Name up to {MOST_HELPERS} people.")
        if any(len(name) > 100 for name in names):
            raise ValidationError("One of the names is too long. Put commas between names.")
        return names

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        photo = data.get("photo") or photos.kept(data.get("kept_photo", ""), self.person)
        if photo:
            self.photo_so_far = photo
            self.say_instead("kept_photo", photo.token(self.person))
        return data

    def say_instead(self, name: str, value: str) -> None:
        """What a hidden field is to hold when the form is shown once more."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(name)] = value
        self.data = data

    @property
    def typed(self) -> list[tuple[str, str]]:
        """All that was sent, field by field, as it was typed."""
        sent = cast(QueryDict, self.data)
        return [(name, value) for name, values in sent.lists() for value in values]

    @property
    def says_more(self) -> bool:
        """Whether something below “Say more” is filled in or has to be mended."""
        if any(name in self.errors for name in SAY_MORE):
            return True
        return any(self[name].value() for name in SAY_MORE) or bool(self.win and self.win.photo)

    @property
    def chosen(self) -> seen_by.Choice:
        """Who is to see it. For a valid form."""
        value = self.cleaned_data["visibility"]
        return next(choice for choice in self.sharing if choice.value == value)

    def telling(self) -> Telling:
        """The whole of it, for an action. For a valid form."""
        data, chosen = self.cleaned_data, self.chosen
        known, free = self._known_and_free(data["other_helpers"])
        return Telling(
            **{name: data[name] for name in ("what_happened", "made_hard", "what_changed")},
            **{name: data[name] for name in KEPT_AS_IS},
            visibility=chosen.visibility,
            service=chosen.place if chosen.visibility == Win.Visibility.SERVICE else None,
            cohort=chosen.place if chosen.visibility == Win.Visibility.COHORT else None,
            themes=tuple(data["themes"]),
            helpers=tuple(dict.fromkeys([*data["helpers"], *known])),
            helper_names=free,
            photo=self.photo_so_far,
            came_of=self._came_of(data["came_of"]),
        )

    def _known_and_free(self, names: Iterable[str]) -> tuple[list[int], tuple[str, ...]]:
        """Names that are those of one person here, and the rest."""
        names = tuple(names)
        if not names:
            return [], ()
        alike: dict[str, list[int]] = {}
        people = Person.objects.known().exclude(pk=self.person.pk).annotate(folded=Upper("name"))
        wanted = [name.upper() for name in names]
        for pk, name in people.filter(folded__in=wanted).values_list("pk", "name"):
            alike.setdefault(name.casefold(), []).append(pk)
        one = {name: ids[0] for name, ids in alike.items() if len(ids) == 1}
        known = [one[name.casefold()] for name in names if name.casefold() in one]
        return known, tuple(name for name in names if name.casefold() not in one)

    def _came_of(self, value: str) -> Win | None:
        if not value:
            return None
        return Win.objects.visible_to(self.person).filter(pk=value).first()


def told_of(win: Win, choices: list[seen_by.Choice]) -> dict[str, Any]:
    """What a form for this win shows first: the win as it stands."""
    chosen = seen_by.current(choices, win)
    helpers = list(win.helpers.all())
    return {
        **{name: getattr(win, name) for name in ("what_happened", "made_hard", "what_changed")},
        **{name: getattr(win, name) for name in KEPT_AS_IS},
        "themes": [theme.pk for theme in win.themes.all()],
        "helpers": [helper.person_id for helper in helpers if helper.person_id],
        "other_helpers": ", ".join(helper.name for helper in helpers if helper.name),
        "visibility": chosen.value if chosen else "",
        "version": win.version,
    }
