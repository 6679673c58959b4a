"""Fields in the look of the product, and what they tell to those who listen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms

from systemschangers.kernel.widgets import DateInput


class Sample(forms.Form):
    words = forms.CharField(widget=forms.Textarea, max_length=2000, help_text="A sentence.")
    name = forms.CharField(required=False)
    seen_by = forms.ChoiceField(
        choices=[("me", "Only me"), ("all", "Everyone")], widget=forms.RadioSelect, help_text="Who?"
    )
    agreed = forms.BooleanField(help_text="Ask first.")
    day = forms.DateField(widget=DateInput)


@pytest.fixture
def empty() -> Sample:
    return Sample(initial={"day": date(2026, 3, 9)})


@pytest.fixture
def bad() -> Sample:
    return Sample({"words": ""})


def test_a_control_is_described_by_its_hint_and_its_error(bad):
    html = bad["words"].as_field_group()
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert 'id="id_words_helptext"' in html
    assert 'id="id_words_error"' in html
    assert 'aria-invalid="true"' in html
    assert (
        html.index("id_words_helptext") < html.index('class="errorlist') < html.index("<textarea")
    )


def test_radios_sit_in_a_fieldset_described_once(bad):
    html = bad["seen_by"].as_field_group()
    assert re.search(r'<fieldset[^>]+aria-describedby="id_seen_by_helptext id_seen_by_error"', html)
    assert html.count("aria-describedby") == 1
    assert '<label for="id_seen_by_0">Only me</label>' in html


def test_only_optional_fields_are_marked(empty):
    assert "(optional)" in empty["name"].as_field_group()
    assert "(optional)" not in empty["words"].as_field_group()


def test_a_long_text_says_its_limit_and_never_cuts_words_off(empty):
    html = empty["words"].as_field_group()
    assert "You can write up to 2,000 characters." in html
    assert "maxlength" not in html


def test_a_checkbox_stands_before_its_label_and_has_its_hint(empty):
    html = empty["agreed"].as_field_group()
    assert html.index("<input") < html.index("<label")
    assert 'id="id_agreed_helptext"' in html


def test_a_date_is_the_phones_own_picker_with_an_iso_value(empty):
    assert re.search(r'<input type="date"[^>]+value="2026-03-09"', empty["day"].as_field_group())


def test_an_error_is_escaped():
    form = Sample({"seen_by": "<script>"})
    assert "<script>" not in form["seen_by"].as_field_group()
