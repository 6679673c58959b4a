"""Searching wins: English words, marked where found, typos met with a suggestion, nothing told on."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import caches
from django.core.management import call_command

from cohorts.models import Theme
from tests.factories import make_win
from wins import search, tasks
from wins.models import SearchWord, Win

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_cards_kept():
    caches["cards"].clear()


@pytest.fixture
def found(as_):
    """`found(person, "words")` is the wall after they searched."""

    def read(person, words: str, **query) -> str:
        return as_(person).get("/wins/", {"q": words, **query}).content.decode()

    return read


def test_a_word_is_found_in_any_of_its_forms_and_marked(found, ana, mo):
    make_win(ana, "The landlords agreed.")
    make_win(ana, "Something else.")
    shown = found(mo, "landlord")
    assert "The <mark>landlords</mark> agreed." in shown
    assert "Something else." not in shown


@pytest.mark.parametrize("field", ["made_hard", "what_changed"])
def test_the_other_answers_are_searched_and_marked_too(found, ana, mo, field):
    make_win(ana, "A sentence.", **{field: "The panel meets in February."})
    assert "<mark>February</mark>" in found(mo, "february")


def test_a_part_says_that_it_is_one(found, ana, mo):
    make_win(ana, "Plain words. " * 40 + "Then the landlord agreed and then " + "more came. " * 40)
    shown = found(mo, "landlord")
    assert "<!--" not in shown
    words = shown.split('class="win__words"')[1].split("</p>")[0]
    assert ">… " in words
    assert "<mark>landlord</mark>" in words
    make_win(ana, "The deposit came back.")
    assert ">The <mark>deposit</mark> came back.</a>" in found(mo, "deposit")


def test_a_rare_word_is_found_among_many_newer_wins(found, ana, mo, monkeypatch):
    monkeypatch.setattr(search, "NEAR", 3)
    make_win(ana, "The landlord agreed.")
    for _ in range(8):
        make_win(ana, "Something else.")
    assert "<mark>landlord</mark>" in found(mo, "landlord")


def test_a_search_is_paged_to_its_end_and_back(as_, ana, mo, monkeypatch):
    monkeypatch.setattr(search, "NEAR", 20)
    for number in range(60):
        make_win(ana, f"The landlord agreed, number {number:02}." if number % 2 else "Another.")
    browser = as_(mo)
    first = browser.get("/wins/?q=landlord").context["wall"]
    second = browser.get(f"/wins/{first.older}").context["wall"]
    assert [len(first.cards), len(second.cards)] == [25, 5]
    assert "number 59." in first.cards[0]
    assert "number 01." in second.cards[-1]
    assert browser.get(f"/wins/{second.newer}").context["wall"].cards == first.cards


def test_phrases_and_words_left_out(found, ana, mo):
    make_win(ana, "The hostel bed was free.")
    make_win(ana, "A bed, but no hostel.")
    assert "but no" not in found(mo, '"hostel bed"')
    shown = found(mo, "bed -free")
    assert "but no" in shown
    assert "was free" not in shown


def test_newest_first(found, ana, mo):
    make_win(ana, "The deposit scheme opened.")
    make_win(ana, "A deposit came back. Deposit, deposit, deposit.")
    make_win(ana, "One more deposit paid.")
    shown = found(mo, "deposit")
    order = [shown.index(words) for words in ("One more", "came back", "scheme opened")]
    assert order == sorted(order)


def test_search_and_choices_work_together(found, ana, mo):
    theme = Theme.objects.get(slug="prison-release")
    make_win(ana, "A bed at release.", themes=[theme])
    make_win(ana, "A bed elsewhere.")
    shown = found(mo, "bed", theme="prison-release", scope="service")
    assert "at release." in shown
    assert "elsewhere." not in shown


@pytest.mark.parametrize("visibility", ["only_me", "service", "cohort"])
def test_a_search_finds_nothing_that_is_not_for_the_reader(found, ana, lee, visibility):
    make_win(ana, "The zebra crossing.", visibility=visibility)
    assert "crossing" in found(ana, "zebra")
    shown = found(lee, "zebra")
    assert "crossing" not in shown
    assert "No wins with those words" in shown


def test_what_people_wrote_is_never_markup(found, ana, mo):
    make_win(ana, "<script>alert(1)</script> in a letter <b onclick=x> & \x02more\x03 letters")
    shown = found(mo, "letter")
    assert "<mark>letter</mark>" in shown
    assert "<script>alert" not in shown
    assert "<b onclick" not in shown
    assert "\x02" not in shown


def test_the_search_words_themselves_are_never_markup(found, mo):
    assert "<img" not in found(mo, '"><img src=x>').replace("<img class", "")


@pytest.mark.parametrize("words", ["the", "  ", "!!!", "'", "<->", ":*", "a & | b", "-", '"'])
def test_a_search_that_says_nothing_is_an_answer_too(found, mo, words):
    assert "Small wins" in found(mo, words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("landlrod", "landlord"),
        ("landord", "landlord"),
        ("tenansy", "tenancy"),
        ("hosue", "house"),
        ("asessment", "assessment"),
    ],
)
def test_a_typo_is_met_with_the_word_that_was_meant(found, ana, mo, typed, meant):
    make_win(ana, "The landlord of the house signed the tenancy after the assessment.")
    search.keep_words()
    shown = found(mo, typed)
    assert "Did you mean" in shown
    assert f">{meant}</a>?" in shown


def test_only_the_mistyped_word_is_mended_and_the_choices_are_kept(as_, ana, mo):
    make_win(ana, "The landlord signed the tenancy.")
    search.keep_words()
    wall = as_(mo).get("/wins/?q=Landlrod signed&depth=flex").context["wall"]
    assert wall.mended == {"words": "landlord signed", "url": "?q=landlord+signed&depth=flex"}


def test_a_word_that_is_right_is_not_mended(found, ana, mo):
    make_win(ana, "The landlord signed.")
    make_win(ana, "The landlady signed.")
    search.keep_words()
    assert "Did you mean" not in found(mo, "landlord")


def test_a_slip_that_somebody_published_is_mended_when_the_right_word_is_common(found, ana, mo):
    make_win(ana, "The landlrod signed.")
    for _ in range(6):
        make_win(ana, "The landlord signed.")
    search.keep_words()
    assert ">landlord</a>?" in found(mo, "landlrod")


def test_nothing_is_suggested_when_much_was_found(found, ana, mo):
    for _ in range(6):
        make_win(ana, "The house was warm.")
    make_win(ana, "The mouse was found. Mouse!")
    search.keep_words()
    assert "Did you mean" not in found(mo, "house")


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": "only_me"},
        {"visibility": "service"},
        {"visibility": "cohort"},
        {"state": "draft"},
        {"state": "taken_back"},
        {"state": "set_aside"},
    ],
)
def test_words_of_narrower_wins_are_never_kept_nor_suggested(found, ana, zed, fields):
    make_win(ana, "Everybody may read this sentence.")
    make_win(ana, "A zebra escaped.", **fields)
    search.keep_words()
    assert SearchWord.objects.filter(word="sentence").exists()
    assert not SearchWord.objects.filter(word="zebra").exists()
    assert "zebra<" not in found(zed, "zebrra")


def test_words_go_when_their_wins_do(ana):
    win = make_win(ana, "A zebra escaped.")
    search.keep_words()
    assert SearchWord.objects.get(word="zebra").wins == 1
    Win.objects.filter(pk=win.pk).update(state=Win.State.TAKEN_BACK)
    search.keep_words()
    assert not SearchWord.objects.filter(word="zebra").exists()


def test_numbers_addresses_and_short_words_are_not_kept(ana):
    make_win(ana, "Ring 07700900123 or mail ana@example.org about the bed at 12b.")
    search.keep_words()
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"ring", "mail", "about"}


def test_words_are_kept_over_more_than_one_batch(ana, monkeypatch):
    monkeypatch.setattr(search, "BATCH", 2)
    for _ in range(5):
        make_win(ana, "The landlord signed.")
    assert search.keep_words() == 2
    assert SearchWord.objects.get(word="landlord").wins == 5


def test_the_queue_and_the_command_keep_the_words(ana, capsys):
    make_win(ana, "The landlord signed.")
    tasks.keep_search_words(timestamp=0)
    assert SearchWord.objects.count() == 2
    call_command("keep_search_words")
    assert "2 words" in capsys.readouterr().out


def test_search_words_are_in_no_log(as_, ana, mo, caplog):
    caplog.set_level(logging.DEBUG)
    as_(mo).get("/wins/?q=sekritword")
    assert "sekritword" not in caplog.text.replace("django.db.backends", "")


@pytest.mark.parametrize(
    ("one", "other", "most", "slips"),
    [
        ("house", "house", 1, 0),
        ("hosue", "house", 1, 1),
        ("huse", "house", 1, 1),
        ("houose", "house", 1, 1),
        ("hoise", "house", 1, 1),
        ("hozze", "house", 1, None),
        ("assesment", "assessment", 2, 1),
        ("a", "abcd", 2, None),
    ],
)
def test_slips_are_counted_as_people_make_them(one, other, most, slips):
    assert search.slips_between(one, other, most=most) == slips
