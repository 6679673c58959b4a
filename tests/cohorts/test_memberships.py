"""Places in a cohort: active only while an agreement stands, told to both sides, whatever comes between."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cohorts.actions import applications, leaving, memberships
from cohorts.actions import manager_agreements as agreements
from cohorts.models import ManagerAgreement, Membership, Person, Post
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW
from tests.factories.cohorts import make_person
from tests.factories.memberships import let_stand, make_member, without_agreement

TERMS = {
    "hours_a_month": 6,
    "cover": "Dee.",
    "gives_back": "A talk.",
    "review_on": date(2026, 9, 30),
}


def at(name, pk):
    return reverse(f"cohorts:{name}", args=[pk])


def page_of(as_, person, membership):
    return as_(person).get(at("membership", membership.pk)).content.decode()


def heard(verb):
    return {n.recipient for n in Notification.objects.filter(event__verb=verb)}


def insist():
    """What PostgreSQL would say when the transaction ends."""
    connection.check_constraints()


# --- An active place and its agreement -----------------------------------------------------------


def test_accepted_it_waits_and_becomes_active_by_itself_when_the_manager_agrees(world, now):
    without_agreement(world.ana)
    applied = make_member(world.cohort, world.ana, "applied")
    accepted = applications.accept(membership=applied, by=world.cas, at=now)
    assert accepted.state == "awaiting_manager"
    proposal = agreements.propose(**TERMS, by=world.ana, at=now)
    agreements.agree(agreement=proposal, words="", by=world.mo, at=now)
    accepted.refresh_from_db()
    assert (accepted.state, accepted.state_at) == ("active", now)
    assert heard("membership.active") == {world.ana, world.cas}
    insist()


def test_with_an_agreement_that_stands_it_is_active_at_once(world, now):
    applied = make_member(world.cohort, world.ana, "applied")
    assert applications.accept(membership=applied, by=world.cas, at=now).state == "active"
    verbs = Event.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["membership.accepted", "membership.active"]


def test_when_the_agreement_ends_worker_and_staff_are_told_that_it_waits_again(world, now, as_):
    agreement = ManagerAgreement.objects.get(worker=world.ana)
    agreements.end(agreement=agreement, by=world.mo, at=now)
    place = world.ana.memberships.get()
    assert place.state == "awaiting_manager"
    assert heard("membership.lost_agreement") == {world.ana, world.cas}
    told = as_(world.ana).get(reverse("home:notifications")).content.decode()
    assert "An agreement has ended, so a place in a cohort waits for a manager again." in told
    assert "Propose an agreement to Mo Rahman next" in page_of(as_, world.ana, place)
    insist()


def test_before_an_agreement_is_ended_both_read_that_the_place_rests_on_it(world, now, as_):
    """The manager reads of a place in a cohort, not of which."""
    agreement = ManagerAgreement.objects.get(worker=world.ana)
    ending = reverse("cohorts:agreement_ending", args=[agreement.pk])
    assert "Your place in Eastmere one then waits" in as_(world.ana).get(ending).content.decode()
    told = as_(world.mo).get(ending).content.decode()
    assert "Ana Okafor’s place in a cohort then waits" in told
    assert "Eastmere one" not in told
    make_member(world.cohort, world.ana, "paused")
    assert "then waits" not in as_(world.mo).get(ending).content.decode()


def test_a_renewal_keeps_it_active_all_along(world, now):
    proposal = agreements.propose(**TERMS, by=world.ana, at=now)
    agreements.agree(agreement=proposal, words="", by=world.mo, at=now)
    assert world.ana.memberships.get().state == "active"
    assert not Event.objects.filter(verb__startswith="membership.").exists()
    insist()


def test_taking_a_proposal_off_the_table_leaves_the_one_that_stands(world, now):
    proposal = agreements.propose(**TERMS, by=world.ana, at=now)
    agreements.end(agreement=proposal, by=world.ana, at=now)
    assert world.ana.memberships.get().state == "active"


def test_paused_it_stays_paused_and_coming_back_needs_an_agreement(world, now):
    place = make_member(world.cohort, world.ana, "paused")
    agreements.end(agreement=ManagerAgreement.objects.get(worker=world.ana), by=world.ana, at=now)
    place.refresh_from_db()
    assert place.state == "paused"
    with pytest.raises(Refused, match="propose one under Time"):
        memberships.resume(membership=place, by=world.ana, at=now)
    let_stand(world.ana, world.mo)
    assert memberships.resume(membership=place, by=world.ana, at=now).state == "active"


def test_who_runs_the_cohort_needs_no_agreement(world, now):
    place = memberships.add(
        cohort=world.cohort, person=world.dee, role="learning_partner", by=world.cas, at=now
    )
    assert place.state == "active"
    insist()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda world: world.sam.memberships.create(
            cohort=world.cohort, state="active", joined_at=NOW
        ),
        lambda world: (
            make_member(world.cohort, world.sam, "awaiting_manager")
            .__class__.objects.filter(person=world.sam)
            .update(state="active")
        ),
        lambda world: world.cas.memberships.update(role="participant"),
        lambda world: ManagerAgreement.objects.filter(worker=world.ana).delete(),
        lambda world: ManagerAgreement.objects.filter(worker=world.ana).update(
            state="ended", ended_at=NOW, ended_by=world.mo
        ),
        lambda world: ManagerAgreement.objects.filter(worker=world.ana).update(worker=world.sam),
    ],
    ids=["made active", "moved there", "a changed role", "deleted", "ended", "somebody else’s"],
)
def test_postgresql_refuses_an_active_place_without_an_agreement(world, wrong):
    def break_it():
        with transaction.atomic():
            wrong(world)
            insist()

    with pytest.raises(IntegrityError, match=r"manager's agreement|place in a cohort"):
        break_it()


@pytest.mark.django_db(transaction=True)
def test_a_place_made_active_while_its_agreement_ends_beside_it_is_refused(world):
    """Neither transaction sees the other's change; the second of them does not get through."""
    make_member(world.cohort, world.ana, "paused")
    begun, ended = Barrier(2), []

    def end_it():
        begun.wait()
        try:
            ManagerAgreement.objects.filter(worker=world.ana).update(
                state="ended", ended_at=NOW, ended_by=world.mo
            )
        except IntegrityError as error:
            ended.append(str(error))
        finally:
            connection.close()

    beside = Thread(target=end_it)
    beside.start()
    with transaction.atomic():
        Membership.objects.filter(person=world.ana).update(state="active")
        connection.check_constraints()  # locks the agreement's row for share
        begun.wait()
    beside.join()
    assert "left an active place" in ended[0]
    assert world.ana.memberships.get().state == "active"


@pytest.mark.django_db(transaction=True)
def test_accepting_and_agreeing_at_the_same_moment_ends_active_whoever_is_quicker(world, now):
    for _ in range(4):
        without_agreement(world.ana)
        applied = make_member(world.cohort, world.ana, "applied")
        proposal = agreements.propose(**TERMS, by=world.ana, at=now)
        gate, faults = Barrier(2), []

        def run(action, *, gate=gate, faults=faults, **given):
            gate.wait()
            try:
                action(**given, at=now)
            except Exception as fault:
                faults.append(fault)
            finally:
                connection.close()

        mo = Person.objects.get(pk=world.mo.pk)
        threads = [
            Thread(
                target=run,
                args=[applications.accept],
                kwargs={"membership": applied, "by": world.cas},
            ),
            Thread(
                target=run,
                args=[agreements.agree],
                kwargs={"agreement": proposal, "words": "", "by": mo},
            ),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        applied.refresh_from_db()
        assert applied.state == "active"


# --- Who is told, and what they read -------------------------------------------------------------


def test_yes_and_no_thanks_are_told_to_who_runs_the_cohort(world, now):
    asked = make_member(world.cohort, world.sam, "invited", asked_by=world.cas)
    memberships.say_yes(membership=asked, by=world.sam, at=now)
    assert heard("membership.said_yes") == {world.cas}
    other = make_member(world.cohort, world.lee, "invited", asked_by=world.cas)
    gone = memberships.withdraw(membership=other, by=world.lee, at=now)
    assert gone.state == "withdrawn"
    assert heard("membership.said_no") == {world.cas}


def test_what_staff_do_is_told_to_the_member_and_the_other_way_round(world, now):
    place = world.ana.memberships.get()
    memberships.pause(membership=place, by=world.ana, at=now)
    assert heard("membership.paused") == {world.cas}
    memberships.resume(membership=place, by=world.cas, at=now)
    assert heard("membership.resumed") == {world.ana}


def test_the_page_says_what_it_waits_for_and_offers_what_may_be_done(world, now, as_):
    without_agreement(world.ana)
    place = world.ana.memberships.get()
    page = page_of(as_, world.ana, place)
    assert "Propose an agreement to Mo Rahman next" in page
    assert "Give up my place" in page
    assert "End this place" not in page
    assert "Ana Okafor has not proposed an agreement to Mo Rahman yet" in page_of(
        as_, world.cas, place
    )
    proposal = agreements.propose(**TERMS, by=world.ana, at=now)
    assert "Mo Rahman has your proposal" in page_of(as_, world.ana, place)
    assert "Mo Rahman has had the proposal since 10 March" in page_of(as_, world.cas, place)
    agreements.talk_through(agreement=proposal, words="Mondays?", by=world.mo, at=now)
    assert "would like to talk it through first" in page_of(as_, world.ana, place)


def test_without_a_line_manager_both_sides_read_who_sets_one(world, as_):
    without_agreement(world.zed)
    place = world.zed.memberships.get()
    assert "Cas Mendes of the programme staff can set one" in page_of(as_, world.zed, place)
    staff = page_of(as_, world.cas, place)
    assert "has no line manager here yet, so nobody can agree. Set one on their page." in staff


def test_a_manager_who_left_in_between_is_no_line_manager(world, now, as_):
    without_agreement(world.ana)
    with transaction.atomic():
        leaving.leave(by=world.mo, went_to="left", at=now)
    place = world.ana.memberships.get()
    assert "Nobody is set as your line manager here yet" in page_of(as_, world.ana, place)
    Post.objects.filter(person=world.ana).update(line_manager=world.dee)
    assert "Propose an agreement to Dee Hughes next" in page_of(as_, world.ana, place)


def test_who_is_too_late_reads_what_happened(world, now, as_):
    place = make_member(world.cohort, world.sam, "withdrawn")
    with pytest.raises(WrongState, match="already “withdrawn”"):
        memberships.withdraw(membership=place, by=world.sam, at=now)
    answer = as_(world.sam).post(at("membership_step", place.pk), {"step": "withdraw"})
    assert answer.status_code == 409
    assert "withdrawn" in answer.content.decode()


def test_an_unknown_step_is_not_found(world, as_):
    place = world.ana.memberships.get()
    url = at("membership_step", place.pk)
    assert as_(world.ana).post(url, {"step": "become_director"}).status_code == 404


def test_administrators_put_people_in_and_do_not_read_why(world, now, as_):
    place = make_member(world.cohort, world.sam, "applied", why="Between us.")
    assert as_(world.ada).get(at("membership", place.pk)).status_code == 404
    memberships.add(cohort=world.cohort, person=world.lee, role="participant", by=world.ada, at=now)
    memberships.take_out(membership=world.ana.memberships.get(), by=world.ada, at=now)
    assert world.ana.memberships.get().state == "withdrawn"


def test_added_by_staff_it_waits_for_a_manager_and_they_can_open_their_notice(world, now, as_):
    memberships.add(cohort=world.cohort, person=world.sam, role="participant", by=world.cas, at=now)
    assert world.sam.memberships.get().state == "awaiting_manager"
    told = as_(world.sam).get(reverse("home:notifications")).content.decode()
    assert "has added you to a cohort" in told
    with pytest.raises(ValidationError, match="already in this cohort"):
        memberships.add(
            cohort=world.cohort, person=world.sam, role="participant", by=world.cas, at=now
        )


def test_a_facilitator_who_is_no_programme_staff_runs_the_one_cohort_only(world, now, as_):
    dee = make_member(world.cohort, world.dee, "active", role="facilitator").person
    place = make_member(world.cohort, world.sam, "applied")
    dee = Person.objects.get(pk=dee.pk)
    assert applications.accept(membership=place, by=dee, at=now).state == "awaiting_manager"
    elsewhere = type(world.cohort).objects.create(name="Northby two", starts=date(2026, 1, 1))
    other = make_member(elsewhere, make_person(), "applied")
    assert as_(dee).get(at("membership", other.pk)).status_code == 404


def test_setting_up_does_not_make_a_place_active_behind_the_managers_back(world):
    place = make_member(world.cohort, world.sam, "awaiting_manager")
    place.state = "active"
    with pytest.raises(ValidationError, match="only with a manager’s agreement"):
        place.full_clean()


def test_leaving_takes_the_words_and_the_place(world, now):
    place = make_member(world.cohort, world.sam, "withdrawn", answered_at=now, answered_by=world.cas,
                        why="Mine.", answer="Not now.")  # fmt: skip
    applied = make_member(world.cohort, world.lee, "applied", why="Lee’s.")
    with transaction.atomic():
        leaving.leave(by=world.lee, went_to="left", at=now)
    applied.refresh_from_db()
    assert (applied.state, applied.why) == ("withdrawn", "")
    with transaction.atomic():
        leaving.leave(by=world.cas, went_to="left", at=now)
    place.refresh_from_db()
    assert (place.why, place.answer) == ("Mine.", "Taken out when they left.")
