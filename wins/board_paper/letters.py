"""Letters to those of a board who have no account: a link that opens the paper for them alone, for a while.

The letter tells nothing of what is in it, not even of which board: it can’t be called back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cohorts.models import Leader
from systemschangers.kernel import letters, signed_links
from wins.models import BoardPaper

READ = "board_paper_reading"
GOOD_FOR = timedelta(days=60)


def send(paper: BoardPaper, leaders: Sequence[Leader], *, at: datetime) -> int:
    """One each; an earlier link of theirs to this paper ends. How many were written."""
    whom = [(paper, {"email": one.email, "name": one.name, "person": None}) for one in leaders]
    tokens = signed_links.issue_each(READ, whom, at=at, good_for=GOOD_FOR, beside_others=True)
    for leader, token in zip(leaders, tokens, strict=True):
        address = settings.SITE_ADDRESS + reverse("wins:board_paper_link", args=[token])
        context = {"leader": leader, "meets_on": paper.meets_on, "site": settings.SITE_ADDRESS}
        context |= {"action_url": address, "action_label": "Read the paper"}
        letters.write(
            to=leader.email,
            kind="board_paper_issued",
            subject="A paper for a board you sit on",
            text=render_to_string("emails/wins/board_paper_issued.txt", context).strip() + "\n",
            html=render_to_string("emails/wins/board_paper_issued.html", context),
            at=at,
        )
    return len(tokens)
