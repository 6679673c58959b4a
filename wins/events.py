"""The verbs of wins: what the events say happened. Verbs of one noun stand together."""

from __future__ import annotations

WIN_KEPT_AS_DRAFT = "win.kept_as_draft"
WIN_LOGGED = "win.logged"
WIN_EDITED = "win.edited"
WIN_TAKEN_BACK = "win.taken_back"
WIN_PUT_BACK = "win.put_back"
WIN_REMOVED = "win.removed"
WIN_LINKED = "win.linked"
WIN_UNLINKED = "win.unlinked"
WIN_PHOTO_REMOVED = "win.photo_removed"
WIN_NAMED_HELPER = "win.named_helper"
WIN_SET_ASIDE = "win.set_aside"
WIN_APPRECIATED = "win.appreciated"
WIN_APPRECIATION_UNDONE = "win.appreciation_undone"

COMMENT_WRITTEN = "comment.written"
COMMENT_EDITED = "comment.edited"
COMMENT_REMOVED = "comment.removed"
COMMENT_PUT_BACK = "comment.put_back"
COMMENT_HIDDEN = "comment.hidden"

WORRY_RAISED = "worry.raised"
WORRY_ANSWERED = "worry.answered"

THANK_YOU_GIVEN = "thank_you.given"
THANK_YOU_SHOWN = "thank_you.shown"
THANK_YOU_KEPT = "thank_you.kept"

MEASURE_BEGUN = "measure.begun"
MEASURE_CHANGED = "measure.changed"
MEASURE_REMOVED = "measure.removed"
FIGURE_REMOVED = "measure.figure_removed"

RIPPLE_TOLD = "ripple.told"
RIPPLE_EDITED = "ripple.edited"
RIPPLE_TAKEN_BACK = "ripple.taken_back"
RIPPLE_PUT_BACK = "ripple.put_back"

RIPPLE_SESSION_BEGUN = "ripple_session.begun"
RIPPLE_SESSION_ENDED = "ripple_session.ended"
RIPPLE_SESSION_GOES_ON = "ripple_session.goes_on"

OUTCOME_DRAFTED = "outcome.drafted"
OUTCOME_EDITED = "outcome.edited"
OUTCOME_FORMULATED = "outcome.formulated"
OUTCOME_RETHOUGHT = "outcome.rethought"
OUTCOME_TAKEN_BACK = "outcome.taken_back"
OUTCOME_PUT_BACK = "outcome.put_back"
OUTCOME_REMOVED = "outcome.removed"

SUBSTANTIATION_ASKED = "substantiation.asked"
SUBSTANTIATION_ASKED_AGAIN = "substantiation.asked_again"
SUBSTANTIATION_CALLED_OFF = "substantiation.called_off"
SUBSTANTIATION_ANSWERED = "substantiation.answered"
