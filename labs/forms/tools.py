"""What is asked of whoever adds an exercise, begins one, answers it, or shares what came of it."""

from __future__ import annotations

from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.person_field import PersonField
from cohorts.forms.words import PlainForm
from labs.models import CanvasAnswer, PromptChoice, Tool
from labs.models.canvases import ABOUT


class ToolForm(PlainForm):
    title = forms.CharField(
        label="What is it called?",
        max_length=80,
        help_text="A few words, as “The empty chair”.",
    )
    purpose = area(
        "What is it for?",
        600,
        rows=3,
        help_text="A sentence or two: what one sees by it, and when it helps.",
    )
    questions = area(
        "Its questions, one a line",
        2000,
        rows=7,
        help_text="Two to six are best. Each has a page of its own on a phone.",
    )
    example = area(
        "An example",
        1500,
        required=False,
        help_text="How somebody answered. Leave out names of people you support.",
    )
    source = area(
        "Where does it come from?",
        600,
        rows=2,
        required=False,
        help_text="A book, a course, a colleague.",
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=10**6
    )

    def clean_questions(self) -> str:
        for line in self.cleaned_data["questions"].splitlines():
            if len(line.strip()) > 200:
                raise forms.ValidationError("One of the questions is longer than 200 letters.")
        return str(self.cleaned_data["questions"])

    @property
    def given(self) -> dict[str, Any]:
        words = {
            name: self.cleaned_data[name] for name in ("title", "purpose", "example", "source")
        }
        return words | {"questions": self.cleaned_data["questions"].splitlines()}


def answers_of(tool: Tool) -> dict[str, Any]:
    """What the form of a tool begins with."""
    asked = [question.asked for question in tool.questions.all()]  # type: ignore[attr-defined]
    words = {name: getattr(tool, name) for name in ("title", "purpose", "example", "source")}
    return words | {"version": tool.version, "questions": "\n".join(asked)}


class BeginForm(PlainForm):
    about = forms.CharField(
        label="What do you want to think about?",
        required=False,
        max_length=ABOUT,
        help_text="A few words, so that you find it again.",
    )


class AnswerForm(PlainForm):
    """One question. Empty is an answer too: it can wait."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)

    def __init__(self, *args: Any, answer: CanvasAnswer, **options: Any) -> None:
        super().__init__(*args, **options)
        words: forms.Field
        if answer.options:
            words = forms.ChoiceField(
                choices=[(one, one) for one in answer.choices],
                widget=forms.RadioSelect,
            )
        else:
            rows = 3 if answer.part == "link" else 6
            words = forms.CharField(
                max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": rows})
            )
        words.label, words.help_text, words.required = "Your answer", answer.hint, False
        self.fields["words"] = words


class ShareForm(PlainForm):
    person = PersonField(label="With whom?")


class PromptChoiceForm(PlainForm):
    way = forms.ChoiceField(
        label="Shall we offer you one?",
        required=False,
        choices=[
            ("", "No"),
            (PromptChoice.Way.HOME, "Yes, on my home page"),
            (PromptChoice.Way.EMAIL, "Yes, on my home page and by e-mail"),
        ],
        widget=forms.RadioSelect,
    )
