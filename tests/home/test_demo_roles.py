"""The demo’s roles and who stayed: worth reading, in our words, and of nobody who could be known by them."""

from __future__ import annotations

from datetime import datetime

from cohorts.check_in_words import words_to_show
from cohorts.models import ClauseAdoption, Cohort, Person, RoleCheckIn, RoleStatement
from cohorts.stay_drawing import draw
from cohorts.stay_rates import stay_of, who_joined
from systemschangers.home.demo.telling import read
from systemschangers.home.waiting import waiting_on
from systemschangers.kernel.identifiers import find_identifiers
from tests.home.test_demo_stories import texts


def test_the_words_are_ours_and_say_nobody():
    from tests.home.test_demo import NOT_OUR_WORDS

    words = read("roles")
    said = texts(words["staying"])
    for one in (*words["statements"], *words["jobs"]):
        said += [one.get(key, "") for key in ("purpose", "answer", "words", "how")]
        said += one.get("fitted", {}).values()
    assert len(said) > 50
    for text in said:
        assert not NOT_OUR_WORDS.search(text), text
        assert not [one.words for one in find_identifiers(text)], text
    stayed = words["staying"]["stayed"]
    assert len(set(stayed)) == len(stayed)


def insist_on_roles(when: datetime) -> None:
    """Of a full demonstration on that day. Called where test_demo loads one: once is enough."""
    states = set(RoleStatement.objects.values_list("state", flat=True))
    assert states == set(RoleStatement.State.values)
    assert set(RoleStatement.objects.values_list("kind", flat=True)) == {"role", "job"}
    assert ClauseAdoption.objects.values("organisation").distinct().count() == 5
    assert set(ClauseAdoption.objects.values_list("state", flat=True)) == {"recorded", "confirmed"}
    told = RoleCheckIn.objects.exclude(answered_at=None)
    assert set(told.values_list("moment", flat=True)) == set(RoleCheckIn.Moment.values)
    assert {"same", "influencing", "unsaid"} <= set(told.values_list("where", flat=True))
    assert not told.filter(answered_at__gt=when).exists()
    ana = Person.objects.get(email="ana@example.org")
    assert any("Where are you now" in row.label for row in waiting_on(ana, when))
    first, second, third = Cohort.objects.order_by("starts")
    stay = {
        one: stay_of(who_joined().filter(cohort=one), when.date()) for one in (first, second, third)
    }
    assert [rate.told for rate in stay[first].rates] == [True, True, True]
    assert [rate.told for rate in stay[second].rates] == [True, True, False]
    assert all(draw(one) is not None for one in stay.values())
    two_years = stay[first].rates[2]
    assert min(two_years.stayed, two_years.gone) >= 5
    assert two_years.unknown >= 1
    for cohort in (first, second):
        shown = words_to_show(cohort)
        assert len(shown) == len(set(shown)) >= 5
