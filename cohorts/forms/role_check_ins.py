from __future__ import annotations

from django import forms

from cohorts.models import RoleCheckIn

from .words import PlainForm, in_sentence_case


class CheckInForm(PlainForm):
    """Three questions. Each may be left unsaid."""

    where = forms.ChoiceField(
        label="Where are you now?",
        choices=in_sentence_case(RoleCheckIn.Where.choices),
        widget=forms.RadioSelect,
    )
    in_a_year = forms.ChoiceField(
        label="Where do you think you will be in a year?",
        choices=in_sentence_case(RoleCheckIn.InAYear.choices),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What made you stay, or go?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave it empty if you would rather not say. Name nobody.",
    )
    may_show = forms.BooleanField(
        label="Others may read these words, without my name",
        required=False,
        help_text="Shown among those of others in your cohort, once five or more people let us.",
    )


UNSAID = {
    "where": RoleCheckIn.Where.UNSAID,
    "in_a_year": RoleCheckIn.InAYear.UNSAID,
    "words": "",
    "may_show": False,
}


def answers_of(check_in: RoleCheckIn) -> dict[str, object]:
    names = ("where", "in_a_year", "words", "may_show")
    return {name: getattr(check_in, name) for name in names}
