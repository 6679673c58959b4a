"""Sentences that a lab agrees on: each member says so for themselves, and takes it back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.actions import leaving
from cohorts.meanwhile import ChangedMeanwhile
from labs.actions.labs import agreeing, members, running, writing
from labs.models import LabMember, PatternAgreement
from systemschangers.kernel.models import Event
from systemschangers.kernel.personal_data import everything_about
from systemschangers.kernel.policy import Refused
from tests.factories.labs import join, make_lab, make_pattern

pytestmark = pytest.mark.django_db
LAPSED = "so whoever agreed before is asked again"


@pytest.fixture
def lab(world, now):
    """Cas facilitates; Ana is in it, Sam as “Robin”, and Kit by a card."""
    made = make_lab(world.cas, now)
    join(made, world.ana, world.cas, now)
    join(made, world.sam, world.cas, now, "service_user", alias="Robin")
    return made


@pytest.fixture
def kit(lab, world, now):
    return join(lab, None, world.cas, now, name="Kit").person


@pytest.fixture
def pattern(lab, kit, world, now):
    """Written by Ana."""
    return make_pattern(lab, world.ana, now)


def agree(pattern, by, now):
    pattern.refresh_from_db()
    return agreeing.agree(pattern=pattern, version=pattern.version, by=by, at=now)


def reword(pattern, by, now, sentence="Nobody owns the day between."):
    pattern.refresh_from_db()
    given = {"sentence": sentence, "insights": [], "version": pattern.version}
    return writing.change_pattern(pattern=pattern, **given, by=by, at=now)


def seat(lab, person) -> LabMember:
    return LabMember.objects.get(lab=lab, person=person)


def who(pattern) -> set[str]:
    return {one.member.shown for one in PatternAgreement.objects.filter(pattern=pattern)}


@pytest.fixture
def read(lab, world, as_):
    """`read()`: the lab as Ana reads it."""

    def text(person=None) -> str:
        return as_(person or world.ana).get(lab.get_absolute_url()).content.decode()

    return text


def test_one_after_the_other_says_so_until_everyone_here_agrees(pattern, kit, world, as_, read):
    address = reverse("labs:pattern_agreement", args=[pattern.pk])
    assert "Agreed by Ana Okafor. Not yet by 3 others." in read()
    for person, said in (
        (kit, "Agreed by Ana Okafor and Kit. Not yet by 2 others."),
        (world.sam, "Agreed by Ana Okafor, Kit and Robin. Not yet by 1 other."),
        (world.cas, "Agreed by everyone here."),
    ):
        assert "I agree with this sentence" in read(person)
        assert as_(person).post(address, {"version": "1"}).url == pattern.get_absolute_url()
        assert said in read(person)
        assert "Take back that I agree" in read(person)
    assert "Sam" not in read()
    as_(world.sam).post(address, {"undo": "1"})
    assert "Not yet by 1 other." in read()
    as_(world.ana).post(f"{address}?undo=1")
    assert "Agreed by Kit and Cas" in read()


def test_nobody_is_named_who_has_not_agreed(pattern, world, now, read):
    agreeing.take_back_agreement(pattern=pattern, by=world.ana, at=now)
    assert "Nobody here has agreed to it yet." in read()


def test_pressing_twice_says_it_once(lab, pattern, world, now):
    for _ in range(2):
        agree(pattern, world.sam, now)
    assert PatternAgreement.objects.filter(member=seat(lab, world.sam)).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PatternAgreement.objects.create(pattern=pattern, member=seat(lab, world.sam), at=now)
    for _ in range(2):
        agreeing.take_back_agreement(pattern=pattern, by=world.sam, at=now)
    assert who(pattern) == {"Ana Okafor"}
    verbs = Event.objects.filter(verb__startswith="pattern.agree", actor=world.sam)
    assert sorted(verbs.values_list("verb", flat=True)) == [
        "pattern.agreed_with",
        "pattern.agreement_taken_back",
    ]


def test_new_words_are_agreed_with_by_who_wrote_them_alone(pattern, kit, world, now, as_, read):
    for person in (kit, world.sam):
        agree(pattern, person, now)
    given = {"sentence": "The day between is nobody’s.", "version": "1"}
    edit = reverse("labs:pattern_edit", args=[pattern.pk])
    page = as_(world.sam).post(edit, given, follow=True).content.decode()
    assert "The words are new, so the others are asked again whether they agree." in page
    assert "Agreed by Robin. Not yet by 3 others." in page
    assert LAPSED in read(kit)
    assert "I agree with this sentence" in read(kit)
    for person in (kit, world.ana, world.cas):
        agree(pattern, person, now)
    assert "Agreed by everyone here." in read()
    assert LAPSED not in read()


def test_what_stands_under_it_may_change_and_the_agreement_stays(pattern, kit, world, now, read):
    agree(pattern, kit, now)
    changed = reword(pattern, world.cas, now, pattern.sentence)
    assert who(changed) == {"Ana Okafor", "Kit"}
    assert LAPSED not in read()


def test_nobody_agrees_with_words_they_have_not_read(pattern, kit, world, now, as_):
    reword(pattern, world.ana, now)
    with pytest.raises(ChangedMeanwhile):
        agreeing.agree(pattern=pattern, version=1, by=kit, at=now)
    address = reverse("labs:pattern_agreement", args=[pattern.pk])
    for sent in ({"version": "1"}, {"version": "²"}, {}):
        page = as_(world.cas).post(address, sent, follow=True).content.decode()
        assert "Read it again first." in page
    assert who(pattern) == {"Ana Okafor"}


def test_whoever_is_outside_sees_no_sentence_and_agrees_with_none(pattern, world, now, as_):
    address = reverse("labs:pattern_agreement", args=[pattern.pk])
    for person in (world.zed, world.ada):
        assert as_(person).post(address, {"version": "1"}).status_code == 404
        for action in (agree, lambda it, by, at: agreeing.take_back_agreement(
            pattern=it, by=by, at=at
        )):  # fmt: skip
            with pytest.raises(Refused, match="Only members"):
                action(pattern, person, now)
        assert not PatternAgreement.objects.visible_to(person).exists()
    assert PatternAgreement.objects.visible_to(world.sam).count() == 1


def test_once_the_lab_has_ended_it_is_read_and_no_longer_said(lab, pattern, world, now, read):
    running.end(lab=lab, by=world.cas, at=now)
    with pytest.raises(Refused, match="has ended"):
        agree(pattern, world.sam, now)
    assert "Agreed by Ana Okafor. Not yet by 3 others." in read()
    assert "I agree with this sentence" not in read()


def test_a_member_who_left_no_longer_counts(lab, pattern, kit, world, now, as_, read):
    for person in (kit, world.cas):
        agree(pattern, person, now)
    assert "Not yet by 1 other." in read()
    members.remove(member=seat(lab, world.sam), by=world.cas, at=now)
    assert "Agreed by everyone here." in read()
    members.remove(member=seat(lab, kit), by=world.cas, at=now)
    agreeing.take_back_agreement(pattern=pattern, by=world.cas, at=now)
    assert "Agreed by Ana Okafor. Not yet by 1 other." in read()
    address = reverse("labs:pattern_agreement", args=[pattern.pk])
    assert as_(world.sam).post(address, {"version": "1"}).status_code == 403
    assert "Robin" not in who(pattern)


def test_it_is_told_in_the_download_and_forgotten_with_who_leaves(pattern, world, now):
    agree(pattern, world.sam, now)
    sections = {section.key: list(section.rows) for section in everything_about(world.sam)}
    assert [row["sentence"] for row in sections["pattern_agreements"]] == [pattern.sentence]
    leaving.leave(by=world.sam, went_to="unknown", at=now)
    assert who(pattern) == {"Ana Okafor"}


def test_many_who_agree_take_as_many_queries_as_one(
    lab, pattern, world, now, as_, django_assert_max_num_queries
):
    browser, counts = as_(world.ana), []
    for more in (0, 12):
        for number in range(more):
            one = join(lab, None, world.cas, now, name=f"Kit {number}")
            agree(make_pattern(lab, world.ana, now), one.person, now)
            agree(pattern, one.person, now)
        with django_assert_max_num_queries(20) as counted:
            browser.get(lab.get_absolute_url())
        counts.append(len(counted))
    assert counts[0] == counts[1]
