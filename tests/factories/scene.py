"""One of each thing, for tests that walk every address."""

from __future__ import annotations

from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from cohorts.models import Deputyship, Import, Invitation
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.paces import stop_address
from wins.actions import appreciations, comments, thank_yous, worries

from .barriers import barrier_scene
from .board_papers import board_paper_scene
from .labs import lab_scene
from .leader_requests import leader_scene
from .match_rounds import add_matching
from .measures import add_measure
from .memberships import joining_scene
from .peer_meetings import peer_scene
from .ripple_sessions import ripple_session_scene
from .ripples import ripple_scene
from .roles import role_scene
from .running import add_running
from .stories import story_scene
from .time import add_time
from .tools import tool_scene
from .voices import voice_scene
from .wins import make_win
from .world import build_world

CSV = "organisation,service,name,email\nNorthby Doorway,Canal Street hostel,Noor Saleh,noor@example.org\n"
TOKEN = "a-token-of-nobodys"


@transaction.atomic
def build_scene() -> SimpleNamespace:
    """The cast, and with them: `win` of Ana's for her service, `private`, `draft`, `taken`, one Mo
    `worried` about, a comment of Mo's, a thank you from Mo to Ana, a notification of Ana's,
    an invitation of Cas's, Mo's deputyship, a letter, and what `add_time`, `leader_scene`
    and `joining_scene` add. Every
    value but people is a primary key."""
    world = build_world()
    now = timezone.now()
    win = make_win(world.ana, "The door stayed open until six.", visibility="service")
    open_to_all = make_win(world.ana, "We share one form now.")
    worried = make_win(world.ana, "A flat on Canal Street.", visibility="service")
    comment = comments.comment(win=win, words="We could do that.", by=world.mo, at=now)
    worry = worries.raise_worry(win=worried, kind="names", words="", by=world.mo, at=now)
    thank_you = thank_yous.thank(receiver=world.ana, words="You waited.", by=world.mo, at=now)
    appreciations.appreciate(win=open_to_all, kind="thank", by=world.zed, at=now)
    notification = Notification.objects.filter(recipient=world.ana).latest("id")
    invitation = Invitation(
        email="new@example.org",
        name="Noor Saleh",
        service=world.hostel,
        job_title="Night worker",
        cohort=world.cohort,
        invited_by=world.cas,
        made_at=now,
    )
    invitation.renew(now)
    invitation.save()
    letter = Letter.objects.create(
        to="ana@example.org",
        kind="test",
        subject="Hello",
        text="Hello",
        html="<p>Hello</p>",
        made_at=now,
    )
    things = SimpleNamespace(
        win=win.pk,
        open=open_to_all.pk,
        worried=worried.pk,
        private=make_win(world.ana, "Mine alone.", visibility="only_me").pk,
        draft=make_win(world.ana, "Half a sentence.", visibility="service", state="draft").pk,
        taken=make_win(world.ana, "Not this one.", visibility="service", state="taken_back").pk,
        comment=comment.pk,
        worry=worry.pk,
        thank_you=thank_you.pk,
        notification=notification.pk,
        invitation=invitation.pk,
        deputyship=Deputyship.objects.get().pk,
        letter=letter.pk,
        cohort=world.cohort.pk,
        organisation=world.council.pk,
        service=world.outreach.pk,
        ana_pk=world.ana.pk,
        ended_pk=world.ended.pk,
        import_=Import.objects.create(person=world.cas, text=CSV, made_at=now).pk,
        post=world.ana.posts.get().pk,
        membership=world.zed.memberships.get().pk,
        token=TOKEN,
        stop_token=stop_address(world.ana, None).rstrip("/").rpartition("/")[2],
    )
    people = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada", "ended")
    own = vars(things) | add_time(world) | leader_scene(world, now)
    own |= add_measure(world, win, now)
    own |= ripple_scene(world, win, now)
    own |= add_running(world)
    own |= peer_scene(world, now)
    own |= add_matching(world, now)
    own |= joining_scene(world, now)
    own |= barrier_scene(world)
    own |= story_scene(world)
    own |= lab_scene(world, now)
    own |= tool_scene(world, own["lab"])
    own |= role_scene(world, now)
    own |= ripple_session_scene(own, world, now)
    own |= voice_scene(world, now)
    own |= board_paper_scene(world, own)
    return SimpleNamespace(**own, **{name: getattr(world, name) for name in people})
