from __future__ import annotations

from django import forms

from cohorts.models import Post

from .organisations import place_field
from .posts import ServiceChoice
from .words import NameField, PlainForm, in_sentence_case

THEMES = (
    "Move-on housing",
    "Rough sleeping",
    "Prison release",
    "Mental health",
    "Drugs and alcohol",
    "Hospital discharge",
    "Leaving care",
    "Domestic abuse",
    "Benefits and money",
    "Care at home",
    "Working together",
    "Less paperwork",
)


class StartForm(PlainForm):
    name = NameField(
        max_length=100, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        max_length=254,
        label="Your e-mail address",
        help_text="You sign in with it: we send you a code each time.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        max_length=60,
        label="Set-up code",
        help_text="Whoever runs the server prints it with: manage.py set_up_code",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class FirstServiceForm(PlainForm):
    name = NameField(
        max_length=120,
        label="Name of the service",
        help_text="A team: the people who share an office or a rota.",
    )
    place = place_field()


class ThemesForm(PlainForm):
    themes = forms.MultipleChoiceField(
        label="Themes",
        help_text="Wins are found by these. Take out what does not fit; you can change them later.",
        choices=[(theme, theme) for theme in THEMES],
        initial=list(THEMES),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one theme, or skip this step."},
    )
    more = forms.CharField(
        required=False,
        max_length=1000,
        label="More themes",
        help_text="One a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_more(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["more"].splitlines()]
        names = [line for line in lines if line]
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError("A theme is 60 characters at most.")
        return names[:50]

    @property
    def names(self) -> list[str]:
        return [*self.cleaned_data["themes"], *self.cleaned_data["more"]]


class OwnPostForm(PlainForm):
    """The administrator's own work: most are programme staff as well."""

    service = ServiceChoice(label="The service you work in")
    title = NameField(max_length=120, label="Your job title")
    kind = forms.ChoiceField(
        choices=in_sentence_case(Post.Kind.choices),
        initial=Post.Kind.PROGRAMME,
        widget=forms.RadioSelect,
        label="What kind of work is it?",
        help_text="Programme staff run cohorts and answer worries about wins.",
    )
