"""No figure of fewer than five people can be read, or worked out by adding and taking away."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from systemschangers.kernel.determined import determined
from systemschangers.kernel.small_groups import FEWEST, Sum, showable
from tests.differencing import Span, can_be_worked_out


def people(**sizes: int) -> dict[str, int]:
    found, first = {}, 0
    for name, size in sizes.items():
        found[name] = crowd(range(first, first + size))
        first += size
    return found


def crowd(numbers) -> int:
    return sum(1 << number for number in set(numbers))


def whole_of(parts: dict[str, int]) -> int:
    return sum(parts.values())  # nobody is in two


def test_a_figure_of_four_is_held_back_and_of_five_shown():
    assert showable(people(four=4, five=5, none=0), []) == {"five", "none"}


def test_one_small_part_takes_the_next_smallest_with_it():
    parts = people(a=9, b=6, c=3)
    who = {**parts, "all": whole_of(parts)}
    assert showable(who, [Sum("all", ("a", "b", "c"))]) == {"all", "a"}


def test_small_parts_that_are_five_together_need_nobody_else():
    parts = people(a=9, b=3, c=3)
    who = {**parts, "all": whole_of(parts)}
    assert showable(who, [Sum("all", ("a", "b", "c"))]) == {"all", "a"}


def test_what_follows_from_what_is_shown_is_held_to_the_same():
    """The council is never shown; but everyone less the charity is the council, and less its big
    service its small one."""
    parts = people(charity=8, big=7, small=2)
    who = {
        **parts,
        "council": parts["big"] | parts["small"],
        "all": whole_of(parts),
    }
    sums = [Sum("all", ("charity", "council")), Sum("council", ("big", "small"))]
    shown = showable(who, sums, never=["council"])
    assert not {"charity", "big"} <= shown
    assert "small" not in shown


@st.composite
def tables(draw):
    """A table of organisations with services by parts of a split, with both its margins."""
    services = [
        (o, s) for o in range(draw(st.integers(2, 3))) for s in range(draw(st.integers(1, 3)))
    ]
    values = range(draw(st.integers(1, 3)))
    atoms = {
        (o, s, v): frozenset(
            range(1000 * o + 100 * s, 1000 * o + 100 * s + draw(st.integers(0, 9)))
        )
        for o, s in services
        for v in values
    }
    return atoms


@given(tables())
def test_whatever_the_table_nothing_small_can_be_worked_out(atoms):
    who, made_of, sums = {}, {}, []

    def add(key, chosen):
        made_of[key] = frozenset(chosen)
        who[key] = frozenset().union(*(atoms[one] for one in chosen))

    organisations = sorted({o for o, _, _ in atoms})
    values = sorted({v for _, _, v in atoms})
    for v in [None, *values]:
        here = [one for one in atoms if v is None or one[2] == v]
        add(("all", v), here)
        for o in organisations:
            add((o, v), [one for one in here if one[0] == o])
            services = sorted({s for oo, s, _ in here if oo == o})
            for s in services:
                add((o, s, v), [one for one in here if one[:2] == (o, s)])
            sums.append(Sum((o, v), tuple((o, s, v) for s in services)))
        sums.append(Sum(("all", v), tuple((o, v) for o in organisations)))
    for key in [one for one in made_of if one[-1] is None]:
        sums.append(Sum(key, tuple((*key[:-1], v) for v in values)))
    shown = showable({key: crowd(them) for key, them in who.items()}, sums)
    assert all(not who[key] or len(who[key]) >= FEWEST for key in shown)
    for key, them in who.items():
        if 0 < len(them) < FEWEST:
            assert not can_be_worked_out(made_of[key], [made_of[one] for one in shown], atoms), key


def test_the_measuring_stick_measures():
    """What can be taken from another is found; what can't is not."""
    atoms = {"a": [1], "b": [2], "c": [3], "d": []}
    assert can_be_worked_out({"c"}, [{"a", "b", "c", "d"}, {"a", "b"}], atoms)
    assert not can_be_worked_out({"c"}, [{"a", "b", "c"}, {"a", "b", "d"}][:1], atoms)
    assert can_be_worked_out({"a"}, [{"a", "b"}, {"b", "c"}, {"a", "c"}], atoms)


def test_what_follows_from_many_sums_together_is_held_back():
    """No one sum tells the three parts apart; three of them together tell each: a + b, b + c, a + c."""
    who = people(a=3, b=3, c=3)
    who |= {"ab": who["a"] | who["b"], "bc": who["b"] | who["c"], "ac": who["a"] | who["c"]}
    sums = [Sum("ab", ("a", "b")), Sum("bc", ("b", "c")), Sum("ac", ("a", "c"))]
    shown = showable(who, sums)
    assert shown
    assert not {"ab", "bc", "ac"} <= shown


def test_what_another_page_tells_stays_shown_and_something_else_gives_way():
    parts = people(cohort=9, few=3)
    who = {**parts, "all": whole_of(parts)}
    sums = [Sum("all", ("cohort", "few"))]
    assert showable(who, sums) == {"all"}
    assert showable(who, sums, told={"cohort"}) == {"cohort"}


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([1, -1]), min_size=1), max_size=7
    )
)
def test_what_is_determined_is_what_exact_algebra_says(equations):
    """`tests.differencing` is the measuring stick: fractions, no chance in it."""
    span = Span([])
    for one in equations:
        span.add({key: Fraction(n) for key, n in one.items()})
    assert determined(equations) == {key for key in "abcdef" if span.has({key})}
