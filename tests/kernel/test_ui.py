"""The template tags and filters that every page stands on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from systemschangers.kernel.templatetags.ui import (
    day,
    highlight,
    icon,
    initials,
    paragraphs,
    when,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def render(source: str, path: str = "/", **context: object) -> str:
    return Template(source).render(RequestContext(RequestFactory().get(path), context))


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 14, 30, tzinfo=UTC), "Tue 24 Nov, 2:30pm, in 2 days"),
        (NOW - timedelta(seconds=20), "Sun 22 Nov, 11:59am, just now"),
        (NOW - timedelta(minutes=1), "Sun 22 Nov, 11:59am, 1 minute ago"),
        (NOW - timedelta(hours=3), "Sun 22 Nov, 9am, 3 hours ago"),
        (NOW + timedelta(hours=2), "Sun 22 Nov, 2pm, in 2 hours"),
        (NOW - timedelta(hours=13), "Sat 21 Nov, 11pm, yesterday"),
        (NOW + timedelta(days=1), "Mon 23 Nov, 12pm, tomorrow"),
        (NOW - timedelta(days=21), "Sun 1 Nov, 12pm, 3 weeks ago"),
        (NOW + timedelta(days=100), "Tue 2 Mar 2027, 12pm, in 3 months"),
        (NOW - timedelta(days=1000), "Mon 26 Feb 2024, 12pm, 2 years ago"),
    ],
)
def test_a_moment_is_told_exactly_and_relatively(moment, said):
    assert words(when(moment, NOW)) == said


def test_a_moment_is_told_in_local_time_and_marked_up_for_machines():
    summer = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    assert when(summer, summer).startswith('<time datetime="2026-07-01T14:05+01:00">')
    assert "2:05pm" in when(summer, summer)


def test_a_day_names_its_year_only_when_it_is_another():
    assert words(day(date(2026, 3, 9), NOW)) == "Mon 9 Mar"
    assert words(day(date(2025, 3, 9), NOW)) == "Sun 9 Mar 2025"


def test_a_late_evening_is_the_readers_day_and_not_greenwichs():
    assert words(day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), NOW)) == "Thu 2 Jul"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_time_is_no_words(nothing):
    assert when(nothing) == day(nothing) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Okafor", "AO"),
        ("Ana Maria Lopez", "AL"),
        ("Åsa", "Å"),
        ("", ""),
        ("mo  hassan (he)", "MH"),
    ],
)
def test_initials_are_of_the_first_and_last_words(name, letters):
    assert initials(name) == letters


def test_paragraphs_keep_breaks_and_escape_everything_else():
    assert paragraphs("One\r\ntwo\n\n \n<b>three</b>") == (
        "<p>One<br>two</p><p>&lt;b&gt;three&lt;/b&gt;</p>"
    )
    assert paragraphs(None) == paragraphs("  \n ") == ""


def test_an_address_in_words_does_not_become_a_link():
    assert "<a" not in paragraphs("See https://example.org")


def test_what_a_search_found_is_marked_and_the_rest_escaped():
    assert highlight("a \x02<i>\x03 b") == "a <mark>&lt;i&gt;</mark> b"


def test_stray_marks_are_dropped():
    assert highlight("\x03a\x02b\x02c\x03") == "ab<mark>c</mark>"


def test_marked_words_can_be_paragraphs_too():
    assert render("{{ text|highlight|paragraphs }}", text="\x02a\x03\n\nb") == (
        "<p><mark>a</mark></p><p>b</p>"
    )


def test_an_icon_is_silent_unless_it_is_given_a_name():
    assert 'aria-hidden="true"' in icon("home")
    assert 'role="img" aria-label="Done:"' in icon("done", "Done:")
    assert 'href="/static/img/icons.svg#home"' in icon("home")


def test_each_form_gets_a_key_of_its_own_and_a_token():
    html = render("{% form_keys %}{% form_keys %}")
    keys = re.findall(r'name="submission_key" value="([0-9a-f-]{36})"', html)
    assert len(set(keys)) == 2
    assert len(re.findall(r'name="csrfmiddlewaretoken" value="\w{64}"', html)) == 2


def test_form_keys_reach_into_an_include_that_gets_only_what_it_is_given():
    html = render('{% include "components/button_form.html" with url="/x/" label="Go" only %}')
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)


def test_form_keys_without_a_request_still_give_a_key():
    html = Template("{% form_keys %}").render(Context())
    assert 'name="submission_key"' in html


@pytest.mark.parametrize(
    ("source", "query"),
    [
        ('{% query_with theme="health" %}', "?theme=health&amp;mine=1"),
        ("{% query_with theme=None %}", "?mine=1"),
        ('{% query_with theme="" mine=None %}', "?"),
        ("{% query_with before=7 %}", "?theme=housing&amp;mine=1&amp;before=7"),
    ],
)
def test_a_query_is_kept_but_for_what_changes(source, query):
    assert render(source, "/wins/?theme=housing&mine=1") == query
