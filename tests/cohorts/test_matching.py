"""Matching, against every way there is: any people, any history, any who are kept apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.matching import Someone, in_groups, pair
from cohorts.matching.rules import ALONE, NOBODY_LEFT, ONE_SERVICE

often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def rounds(draw, most: int = 8, services: int = 5):
    """People, the pairs who met, the pairs kept apart, a seed."""
    many = draw(st.integers(0, most))
    people = [
        Someone(
            number,
            services=frozenset({draw(st.integers(0, services))}),
            organisations=frozenset({draw(st.integers(0, 2))}),
            themes=frozenset(draw(st.sets(st.integers(0, 2), max_size=2))),
        )
        for number in range(100, 100 + many)
    ]
    everyone = [pair(a.number, b.number) for a, b in combinations(people, 2)]
    some = st.sets(st.sampled_from(everyone)) if everyone else st.just(set())
    return (
        people,
        draw(some),
        draw(some if draw(st.booleans()) else st.just(set())),
        draw(st.integers(0, 99)),
    )


def all_ways(people: list[int], may):
    """Every way to put people into pairs and trios that break no rule, or to leave them out."""
    if not people:
        yield (), 0
        return
    first, rest = people[0], people[1:]
    for groups, out in all_ways(rest, may):
        yield groups, out + 1
    for size in (1, 2):
        for others in combinations(rest, size):
            group = (first, *others)
            if all(may(a, b) for a, b in combinations(group, 2)):
                for groups, out in all_ways([p for p in rest if p not in others], may):
                    yield (group, *groups), out


def price(groups, out, size, met):
    """What is promised, in its order: left out, groups of another size, repeats."""
    others = sum(len(group) != size for group in groups)
    repeats = sum(pair(a, b) in met for group in groups for a, b in combinations(group, 2))
    return out, others, repeats


def fewest(people, met, apart, size):
    of = {one.number: one.services for one in people}

    def may(a, b):
        return not of[a] & of[b] and pair(a, b) not in apart

    ways = all_ways([one.number for one in people], may)
    return min(price(groups, out, size, met) for groups, out in ways)


def insist_on_the_rules(people, apart, outcome):
    """Everybody exactly once, nobody with their own service or somebody they are kept apart from."""
    of = {one.number: one.services for one in people}
    named = [number for group in outcome.groups for number in group] + list(outcome.left_out)
    assert sorted(named) == sorted(of)
    for group in outcome.groups:
        assert len(group) in (2, 3)
        for a, b in combinations(group, 2):
            assert not of[a] & of[b]
            assert pair(a, b) not in apart
    assert all(why.endswith(".") for why in outcome.left_out.values())


@pytest.mark.parametrize("size", [2, 3])
@often
@given(given_=rounds())
def test_no_way_is_better(size, given_):
    people, met, apart, seed = given_
    outcome = in_groups(people, size=size, met=met, apart=apart, seed=seed)
    insist_on_the_rules(people, apart, outcome)
    got = price(outcome.groups, len(outcome.left_out), size, met)
    assert got == fewest(people, met, apart, size)


@settings(max_examples=60, deadline=None)
@given(rounds(most=30, services=8), st.sampled_from([2, 3]))
def test_of_more_people_each_is_named_once_and_no_rule_is_broken(given_, size):
    people, met, apart, seed = given_
    outcome = in_groups(people, size=size, met=met, apart=apart, seed=seed)
    insist_on_the_rules(people, apart, outcome)
    backwards = in_groups(people[::-1], size=size, met=met, apart=apart, seed=seed)
    assert outcome == backwards, "the same seed, and other groups"


def crowd(many, services=10, themes=4):
    """People dealt round the services, four services to an organisation."""
    return [
        Someone(
            number,
            services=frozenset({number % services}),
            organisations=frozenset({number % services // 4}),
            themes=frozenset({number % themes}),
        )
        for number in range(many)
    ]


def pairs_of(groups):
    return {pair(a, b) for group in groups for a, b in combinations(group, 2)}


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("many", [20, 21, 22])
def test_round_after_round_nobody_meets_the_same_person_again(many, size):
    met = set()
    for seed in range(5):
        outcome = in_groups(crowd(many), size=size, met=met, seed=seed)
        assert not outcome.left_out
        assert not met & pairs_of(outcome.groups)
        met |= pairs_of(outcome.groups)


def test_an_odd_number_makes_one_trio():
    outcome = in_groups(crowd(21), size=2, seed=1)
    assert sorted(map(len, outcome.groups)) == [2] * 9 + [3]


@pytest.mark.parametrize(
    ("many", "sizes"), [(9, [3, 3, 3]), (10, [2, 2, 3, 3]), (11, [2, 3, 3, 3])]
)
def test_in_threes_what_does_not_divide_makes_pairs(many, sizes):
    outcome = in_groups(crowd(many), size=3, seed=1)
    assert sorted(map(len, outcome.groups)) == sizes


def test_another_organisation_comes_before_a_shared_theme():
    def person(number, organisation, theme):
        return Someone(number, frozenset({number}), frozenset({organisation}), frozenset({theme}))

    people = [person(1, 1, 1), person(2, 1, 1), person(3, 2, 2), person(4, 2, 2)]
    groups = in_groups(people, size=2, seed=1).groups
    assert (1, 2) not in groups
    shared = [person(1, 1, 1), person(2, 2, 2), person(3, 3, 1), person(4, 4, 2)]
    assert in_groups(shared, size=2, seed=1).groups == [(1, 3), (2, 4)]


def test_another_seed_gives_other_groups():
    outcomes = {str(in_groups(crowd(20), size=2, seed=seed).groups) for seed in range(5)}
    assert len(outcomes) > 1


def test_whoever_cannot_be_placed_is_told_why():
    one_service = [Someone(number, frozenset({1})) for number in (1, 2, 3)]
    assert set(in_groups(one_service, size=2, seed=1).left_out.values()) == {ONE_SERVICE}
    assert in_groups(one_service[:1], size=2, seed=1).left_out == {1: ALONE}
    crowded = [*one_service, Someone(4, frozenset({2}))]
    assert sorted(in_groups(crowded, size=2, seed=1).left_out.values()) == [NOBODY_LEFT] * 2


def test_the_reason_does_not_tell_of_people_who_are_kept_apart():
    two = [Someone(1, frozenset({1})), Someone(2, frozenset({2}))]
    outcome = in_groups(two, size=2, apart={pair(1, 2)}, seed=1)
    assert outcome.left_out == {1: NOBODY_LEFT, 2: NOBODY_LEFT}


@pytest.mark.parametrize("size", [2, 3])
def test_a_service_with_most_of_the_people_leaves_as_few_out_as_can_be(size):
    people = [Someone(number, frozenset({0 if number < 12 else number})) for number in range(20)]
    outcome = in_groups(people, size=size, seed=1)
    assert len(outcome.left_out) == 4
    people = [Someone(number, frozenset({0 if number < 160 else number})) for number in range(300)]
    outcome = in_groups(people, size=size, seed=1)
    assert len(outcome.left_out) == 20


def test_what_makes_no_round_is_refused():
    with pytest.raises(ValueError, match="two or three"):
        in_groups([], size=4, seed=1)
    with pytest.raises(ValueError, match="twice"):
        in_groups([Someone(1), Someone(1)], size=2, seed=1)
