"""What the demo tells of barriers: in our words, and of nobody who could be known by them."""

from __future__ import annotations

from systemschangers.home.demo.telling import read
from systemschangers.kernel.identifiers import find_identifiers
from tests.home.test_demo import NOT_OUR_WORDS

SKIP = {"theme", "place", "service", "state", "way", "reported", "rule", "rule_cited"}


def words() -> list[str]:
    said = []
    for kind in read("barriers").values():
        for one in kind:
            for name, value in one.items():
                if name == "same":
                    said += value
                elif name == "said":
                    said += [entry[2] for entry in value]
                elif isinstance(value, str) and name not in SKIP:
                    said.append(value)
    return said


def test_the_words_are_ours():
    assert len(words()) > 50
    assert [one for one in words() if NOT_OUR_WORDS.search(one)] == []


def test_nobody_can_be_known_by_them():
    found = {(one.kind, one.words) for said in words() for one in find_identifiers(said)}
    assert {words for _, words in found} <= {"Eastmere", "Friday", "Monday"}
