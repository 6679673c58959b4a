"""What the demo tells in exercises and journals: in our words, and of nobody who could be known by them."""

from __future__ import annotations

from systemschangers.home.demo.telling import read
from systemschangers.kernel.identifiers import find_identifiers
from tests.home.test_demo import NOT_OUR_WORDS

SKIP = {"by", "person", "key", "from", "with"}


def words() -> list[str]:
    said: list[str] = []
    for kind in read("thinking").values():
        for one in kind:
            for name, value in one.items():
                if name in SKIP:
                    continue
                if isinstance(value, list):
                    said += value
                elif isinstance(value, str):
                    said.append(value)
    return said


def test_the_words_are_ours():
    assert len(words()) > 50
    assert [one for one in words() if NOT_OUR_WORDS.search(one)] == []


def test_nobody_can_be_known_by_them():
    found = {(one.kind, one.words) for said in words() for one in find_identifiers(said)}
    assert {words for _, words in found} <= {"Monday", "Saturday", "Mondays", "Saturdays", "Zed"}
