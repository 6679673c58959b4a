"""A paper read by one person today: what was kept on its day, with the words their owners keep.

Consent and visibility are asked at this moment, of each noun's own `visible_to`. What somebody took back,
unpublished or hid since is not here any more, whoever had it on the paper; that it is gone is said."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any

from django.db.models import Prefetch

from cohorts.models import Commitment, Leader, Person
from labs.models import Barrier, ChangeClaim, Response
from wins.models import BoardPaper
from wins.story_shelf import Shown
from wins.story_shelf import shown as with_their_time

from .cutting import cut, one_line
from .figures import NOT_SHOWN
from .gathering import WAITING, Kept, gather
from .paper import (
    FigureLine,
    HeardVoice,
    Paper,
    Part,
    Said,
    ShownBarrier,
    ShownPromise,
    ShownStory,
    day_words,
    many,
)
from .readers import ByAccount, ByLink, Reader
from .sentences import (
    HOW_IT_WAS_MADE,
    changed,
    figures_of,
    gone,
    not_all,
    said_of_barriers,
    said_of_promises,
    said_of_voices,
    what_waits,
    why_no_words,
    why_not_shown,
)

# In columns of about a letter; what voices leave, stories take.
WORDS, ANSWERS, STORIES = 3100, 1800, 2100
MOST_WORDS, MOST_ANSWER, MOST_STORY = 1200, 800, 1800


def read(paper: BoardPaper, who: Person | Leader, today: date, room: float = 1) -> Paper:
    """`paper` for `who`; a draft as it would be issued today, for a person alone: a leader reads what was
    issued, by link. `room` below 1 shortens the longest words.

    The number of queries does not grow with what stands on it."""
    reader: Reader
    if isinstance(who, Person):
        reader, kept = ByAccount(who), paper.as_it_was or gather(paper, who, today)
    else:
        reader, kept = ByLink(who), paper.as_it_was
    if kept is None:
        raise ValueError("Nobody reads a draft by link")
    day = date.fromisoformat(kept["day"])
    organisation = one_line(paper.board.organisation.name, 60)
    voices = _voices(kept["voices"], paper, reader, day, today, room)
    heard: list[Any] = list(voices.rows)
    left = WORDS - sum(one.words.room for one in heard) / room
    by = (
        f"Issued by {paper.issued_by}. As things stood"
        if paper.issued_by
        else "Draft. As things stand"
    )
    return Paper(
        board=one_line(paper.board.name, 120),
        short=one_line(paper.board.name, 60),
        organisation=organisation,
        when=paper.when[:1].upper() + paper.when[1:],
        meets=f"For the meeting on {day_words(paper.meets_on)}" if paper.meets_on else "",
        stands=f"{by} on {day_words(day)}.",
        draft=paper.is_draft,
        words=cut(paper.words, 600 * room),
        by=f"{one_line(str(paper.made_by), 60)}, who made this paper",
        waits=what_waits(kept),
        voices=voices,
        barriers=_barriers(kept["barriers"], reader, room),
        promises=_promises(kept["promises"], reader, room),
        figures=_figures(kept["figures"], paper.period),
        stories=_stories(kept["stories"], reader, day, (STORIES + 0.7 * max(left, 0)) * room),
        heads=("What was counted", organisation, "Everyone here"),
        made=HOW_IT_WAS_MADE,
    )


def _voices(
    kept: Kept, paper: BoardPaper, reader: Reader, day: date, today: date, room: float
) -> Part:
    keys = [row["id"] for row in kept["rows"]]
    answers = Prefetch("responses", Response.objects.select_related("by"))
    seen = reader.voices(today).at_board(paper.board, today)
    found = seen.filter(pk__in=keys).for_list().prefetch_related(answers, "claims").in_bulk()
    rows = [
        _voice(row, found[row["id"]], paper, day, len(keys), room) for row in _those(kept, found)
    ]
    notes = [
        *gone(len(keys) - len(rows), "voice", "taken back since, or its consent has ended"),
        *not_all(kept["many"] - len(keys), "voice"),
    ]
    return Part(said_of_voices(kept), rows, notes)


def _those(kept: Kept, found: Container[int]) -> list[Kept]:
    """The rows whose things are still there, for this reader."""
    return [row for row in kept["rows"] if row["id"] in found]


def _voice(row: Kept, voice: Any, paper: BoardPaper, day: date, of: int, room: float) -> HeardVoice:
    """With its last two answers as they were that day, or the last and the change that came of it."""
    said = [
        Said(one.who, one.get_kind_display(), one.words)
        for one in voice.responses.all()
        if one.pk in row["answers"]
    ][-2:]
    stood = {pk: (state, by) for pk, state, by in row["changes"]}
    change = [
        Said("Change", _change(*stood[one.pk]), _with_verdict(one, stood[one.pk][0]))
        for one in voice.claims.all()
        if one.pk in stood and one.words
    ][-1:]
    said = [*said[-1:], *change] if change else said
    each = min(MOST_ANSWER, ANSWERS / of) / max(len(said), 1) * room
    state = ""
    if row["state"] in WAITING:
        state = "Received, not answered yet." if said else "No answer yet."
        was = "was" if row["answer_by"] < day.isoformat() else "is"
        state += f" An answer {was} due by {day_words(row['answer_by'])}."
    to = "this board" if voice.board_id == paper.board_id else one_line(voice.to_words, 90)
    told_back = day_words(row["told_back"]) if row["told_back"] else ""
    return HeardVoice(
        words=cut(voice.words, min(MOST_WORDS, WORDS / of) * room),
        told=f"Told {day_words(row['told'])}, to {to}.",
        state=state,
        late=bool(row["late"]),
        answers=[Said(one_line(one.who, 50), one.what, one_line(one.words, each)) for one in said],
        told_back=f"Told back to them on {told_back}." if told_back else "",
        url=voice.get_absolute_url(),
    )


def _change(state: str, by: str) -> str:
    planned = state == ChangeClaim.State.PLANNED and by
    return f"planned by {day_words(by)}" if planned else ChangeClaim.State(state).label


def _with_verdict(claim: Any, stood: str) -> str:
    """What changed, and what the person who told of it says to that, where they had said so by then."""
    judged = claim.verdict_words and claim.state == stood
    return f"{claim.words} They say: “{claim.verdict_words}”" if judged else claim.words


def _barriers(kept: Kept, reader: Reader, room: float) -> Part:
    keys = [row["id"] for row in kept["rows"]]
    seen = reader.barriers().exclude(way=Barrier.Way.HIDDEN).standing()
    found = seen.filter(pk__in=keys).for_list().in_bulk()
    rows = _those(kept, found)
    notes = [
        *gone(len(keys) - len(rows), "barrier", "set aside, merged or hidden since"),
        *not_all(kept["many"] - len(keys), "barrier"),
        *changed(sum(found[row["id"]].version != row["version"] for row in rows)),
    ]
    shown = [_barrier(row, found[row["id"]], room) for row in rows]
    return Part(said_of_barriers(kept), shown, notes)


def _barrier(row: Kept, barrier: Any, room: float) -> ShownBarrier:
    state = Barrier.State(row["state"])
    said = ["not answered yet" if state == Barrier.State.RAISED else state.label]
    if row["due"]:
        said[0] += f" by {day_words(row['due'])}"
    said.append(f"raised {day_words(row['since'])}")
    if barrier.leader:
        said.append(f"{one_line(barrier.leader.name, 50)} can change it")
    if row["services"]:
        said.append(f"“same here” from {many(row['services'], 'service').lower()}")
    line = "; ".join(said)
    return ShownBarrier(
        what=one_line(barrier.what, 230 * room),
        line=f"{line[:1].upper()}{line[1:]}.",
        late="Past its day" if row["late"] else "",
        url=barrier.get_absolute_url(),
    )


def _promises(kept: Kept, reader: Reader, room: float) -> Part:
    """Who promised and by when, for everybody of the board; what, for whoever may read it."""
    keys = [row["id"] for row in kept["rows"]]
    there = Commitment.objects.select_related("request__leader").in_bulk(keys)
    readable = set(reader.commitments().filter(pk__in=keys).values_list("pk", flat=True))
    rows = [
        ShownPromise(
            who=one_line(there[row["id"]].request.leader.name, 50),
            words=one_line(there[row["id"]].words, 200 * room) if row["id"] in readable else "",
            due=day_words(row["due"]),
            late=row["late"],
        )
        for row in _those(kept, there)
    ]
    notes = [
        *gone(len(keys) - len(rows), "promise", "taken out since"),
        *not_all(kept["many"] - len(keys), "promise"),
        *why_no_words(rows),
    ]
    return Part(said_of_promises(kept), rows, notes)


def _figures(kept: Kept, period: str) -> Part:
    lines = [FigureLine(*row) for row in kept["rows"]]
    rows = [line for line in lines if {line.here, line.everyone} != {NOT_SHOWN}]
    here, everyone = kept["workers"]
    said = f"Among {here} frontline workers here, and {everyone} in all."
    counted = f" Counted on {day_words(kept['counted'])}." if kept["counted"] else ""
    said += counted or " Nothing has been counted yet."
    return Part(figures_of(kept.get("of", period), period) + said, rows, why_not_shown(lines))


def _stories(kept: Kept, reader: Reader, day: date, room: float) -> Part:
    keys = [row["id"] for row in kept["rows"]]
    stories = reader.stories().published().filter(pk__in=keys).for_list()
    found = {one.story.pk: one for one in with_their_time(stories, day)}
    each = min(MOST_STORY, room / max(len(keys), 1))
    rows = _those(kept, found)
    notes = [
        *gone(len(keys) - len(rows), "story", "taken back by its teller since", "stories"),
        *changed(sum(found[row["id"]].story.version != row["version"] for row in rows)),
    ]
    return Part("", [_story(found[row["id"]], each) for row in rows], notes)


def _story(shown: Shown, room: float) -> ShownStory:
    return ShownStory(
        title=one_line(shown.story.title, 110),
        words=cut(shown.story.words, room),
        who=one_line(f"{shown.story.author.name}. {shown.line}", 160),
        url=shown.story.get_absolute_url(),
    )
