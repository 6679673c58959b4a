"""Looking across, and whom one could meet: other services only, and only what the reader may see."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import meeting_wishes
from cohorts.models import Organisation, Person, Service
from labs.actions.labs import members, running
from systemschangers.home.could_meet import could_meet
from tests.factories.barriers import make_barrier
from tests.factories.cohorts import make_person
from tests.factories.labs import join, make_lab
from tests.factories.match_rounds import open_up
from tests.factories.peer_meetings import make_peer_meeting
from tests.factories.time import make_time
from tests.factories.wins import make_win

ACROSS, COULD = "/looking-across/", "/people/meet/you/"


def suggested(person):
    return [(one.person.name, one.why) for one in could_meet(person, timezone.now())]


def test_the_reason_is_in_words_and_only_wins_one_may_read_count(world):
    now = timezone.now()
    moving, prison = world.themes
    ana = open_up(world.ana, now, themes=[moving, prison])
    open_up(world.zed, now, themes=[moving])
    assert suggested(ana) == [
        ("Zed Kowalski", "In another organisation; also works on Move-on housing.")
    ]
    hidden = make_win(world.zed, "Only my team.", visibility="service", at=now)
    hidden.themes.add(prison)
    assert "Prison" not in suggested(ana)[0][1]
    shared = make_win(world.zed, "For everyone.", at=now)
    shared.themes.add(prison)
    assert suggested(ana)[0][1] == (
        "In another organisation; also works on Move-on housing; "
        "also logged wins on Prison release."
    )


def test_other_organisations_first_then_shared_themes_never_ones_own_service(world):
    now = timezone.now()
    moving = world.themes[0]
    ana = open_up(world.ana, now, themes=[moving])
    for person, themes in ((world.lee, [moving]), (world.mo, [moving]), (world.zed, [])):
        open_up(person, now, themes=themes)
    assert [name for name, _ in suggested(ana)] == ["Zed Kowalski", "Lee Whitaker"]
    assert suggested(ana)[1][1].startswith("In another service of your organisation")


def test_not_whom_one_is_meeting_nor_whom_one_is_kept_apart_from(world):
    now = timezone.now()
    open_up(world.zed, now)
    open_up(world.lee, now)
    meeting_wishes.keep_apart(other=world.ana, by=world.lee, at=now)
    assert [name for name, _ in suggested(world.ana)] == ["Zed Kowalski"]
    make_peer_meeting(world.ana, world.zed, at=now)
    assert suggested(world.ana) == []


def test_it_takes_as_many_queries_for_one_as_for_thirty(world, as_):
    now = timezone.now()
    browser = as_(open_up(world.ana, now, themes=world.themes))

    def count(url):
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    def more(many):
        for _ in range(many):
            person = open_up(make_person(world.hostel), now, themes=world.themes)
            make_win(person, "We share one form.", at=now).themes.add(*world.themes)
            make_barrier(person, theme=world.themes[0], shown_on=timezone.localdate(now))

    more(1)
    before = {url: count(url) for url in (ACROSS, COULD)}
    more(30)
    assert {url: count(url) for url in (ACROSS, COULD)} == before
    assert max(before.values()) <= 10


def test_across_are_this_months_wins_of_other_services_on_my_themes(world, as_):
    now = timezone.now()
    moving, prison = world.themes
    other = Service.objects.create(
        organisation=Organisation.objects.create(name="Trust"), name="Ward"
    )
    nurse = make_person(other)
    wanted = make_win(nurse, "We ring the hostel first.", at=now)
    wanted.themes.add(moving)
    for words, author, theme, logged_at, visibility in (
        ("Another theme.", nurse, prison, now, "everyone"),
        ("Two months ago.", nurse, moving, now - timedelta(days=60), "everyone"),
        ("My own service.", world.mo, moving, now, "everyone"),
        ("For their service.", nurse, moving, now, "service"),
    ):
        make_win(author, words, at=logged_at, visibility=visibility).themes.add(theme)
    ana = open_up(world.ana, now, themes=[moving])
    page = as_(ana).get(ACROSS).content.decode()
    assert "We ring the hostel first." in page
    assert f"/meetings/new/?with={nurse.pk}" in page
    for words in ("Another theme", "Two months ago", "My own service", "For their service"):
        assert words not in page
    Person.objects.filter(pk=nurse.pk).update(meeting_answered_at=now)
    page = as_(ana).get(ACROSS).content.decode()
    assert f"/meetings/new/?with={nurse.pk}" not in page
    assert f"/people/{nurse.pk}/" in page


def test_across_is_what_others_raised_and_what_labs_tried_each_with_whom_to_meet(world, as_):
    now = timezone.now()
    today, moving = timezone.localdate(now), world.themes[0]
    ana = open_up(world.ana, now, themes=[moving])
    zed = open_up(world.zed, now)
    for words, by, more in (
        ("No bed after ten.", zed, {"theme": moving}),
        ("Nobody says who asked.", None, {"theme": moving}),
        ("Another theme.", zed, {"theme": world.themes[1]}),
        ("Two months ago.", zed, {"theme": moving, "shown_on": today - timedelta(days=60)}),
        ("My own service.", world.mo, {"theme": moving}),
        ("Set aside.", zed, {"theme": moving, "state": "set_aside"}),
    ):
        make_barrier(by, words, **({"shown_on": today} | more))
    for question, seen, asked in (
        ("Who holds the keys?", True, True),
        ("Who rings first?", True, False),
        ("Not published.", False, False),
    ):
        lab = make_lab(world.cas, now, question=question)
        if seen:
            lab = running.summarise(lab=lab, summary="A list.", version=1, by=world.cas, at=now)
            given = {"version": lab.version, "may_be_asked": asked, "by": world.cas, "at": now}
            running.publish(lab=lab, **given)
    page = as_(ana).get(ACROSS).content.decode()
    shown = (
        "No bed after ten.",
        "Nobody says who asked.",
        "Who holds the keys?",
        "Who rings first?",
    )
    for words in shown:
        assert words in page, words
    for words in (
        "Another theme",
        "Two months ago",
        "My own service",
        "Set aside",
        "Not published",
    ):
        assert words not in page, words
    assert page.count(f"/meetings/new/?with={zed.pk}") == 1
    assert page.count(f"/meetings/new/?with={world.cas.pk}") == 1, "only where Cas said so"
    meeting_wishes.keep_apart(other=world.cas, by=ana, at=now)
    assert "Who holds the keys?" not in as_(ana).get(ACROSS).content.decode()


def test_whom_to_ask_stands_with_the_summary_until_it_or_they_go(world, as_):
    now = timezone.now()
    lab = make_lab(world.cas, now)
    cas = as_(world.cas)
    lab = running.summarise(lab=lab, summary="A list.", version=1, by=world.cas, at=now)
    at = f"{lab.get_absolute_url()}publishing/"
    cas.post(at, {"version": lab.version})
    assert "Cas Mendes" not in main(as_(world.zed).get(lab.get_absolute_url()))
    running.take_back(lab=lab, by=world.cas, at=now)
    lab.refresh_from_db()
    cas.post(at, {"version": lab.version, "ask": "on"})
    shown = main(as_(world.zed).get(lab.get_absolute_url()))
    assert "Whom to ask:" in shown
    assert f"/meetings/new/?with={world.cas.pk}" in shown
    other = join(lab, world.ana, world.cas, now)
    members.change(
        member=other, alias="", access_needs="", payment="", facilitates=True, by=world.cas, at=now
    )
    seat = lab.members.get(person=world.cas)
    members.remove(member=seat, by=world.cas, at=now)
    assert "Cas Mendes" not in main(as_(world.zed).get(lab.get_absolute_url()))


def main(answer) -> str:
    return answer.content.decode().split("<main")[1]


def test_without_themes_it_is_from_all_of_them_and_says_so(world, as_):
    make_win(world.zed, "We ring the hostel first.", at=timezone.now())
    page = as_(world.ana).get(ACROSS).content.decode()
    assert "We ring the hostel first." in page
    assert "This is from all themes." in page


def test_time_to_look_across_leads_there_once_it_is_approved(world, as_):
    asked = make_time(world.ana, purpose="look_across")
    address = f"/time/{asked.pk}/"
    browser = as_(world.ana)
    assert ACROSS not in browser.get(address).content.decode()
    approved = make_time(world.ana, "approved", purpose="look_across")
    assert ACROSS in browser.get(f"/time/{approved.pk}/").content.decode()
