from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Of Ana with Zed: one to answer, one that was held with notes of both, and a practice that came of it.
# Mo holds an open meeting. Mo borrows the practice, which is of Ana’s service, for another.
_BOTH = "404 ana,zed=200"
ROWS = {
    "cohorts:peer_meetings": Row("200", NEVER),
    "cohorts:peer_meeting_new": Row("200", "200"),
    "cohorts:open_meeting_new": Row("200", "200"),
    "cohorts:peer_meeting": Row(_BOTH, NEVER, of="peer_meeting"),
    "cohorts:peer_meeting_edit": Row("403 mo=200", "403 mo=200", of="open_meeting"),
    "cohorts:peer_meeting_step": Row(
        POST_ONLY, "404 zed=302 ana=403", of="peer_meeting", data={"step": "none_fits"}
    ),
    "cohorts:comparison_note": Row(_BOTH, "404 ana,zed=200", of="peer_held"),
    "cohorts:note_trying": Row("404 ana=200 zed=403", "404 ana=200 zed=403", of="peer_note"),
    "cohorts:practices": Row("200", NEVER),
    "cohorts:practice_new": Row(_BOTH, "404 ana,zed=200", of="peer_held"),
    "cohorts:practice": Row("200", NEVER, of="practice"),
    "cohorts:practice_edit": Row("403 ana,zed=200", "403 ana,zed=200", of="practice"),
    "cohorts:practice_check": Row("404 ana=200", "404 ana=302", of="practice_draft"),
    "cohorts:practice_step": Row(
        POST_ONLY, "403 ana,zed=302", of="practice", data={"step": "take_back"}
    ),
    "cohorts:borrowing_new": Row("403 zed,cas,lee=200", "403 zed,cas,lee=200", of="practice"),
    "cohorts:borrowing": Row("403 lee=200", "403 lee=200", of="borrowing"),
    "cohorts:borrowing_taking_off": Row(POST_ONLY, "403 lee=302", of="borrowing"),
    "home:note_win": Row(POST_ONLY, "404 ana=302 zed=403", of="peer_note"),
    "home:borrowing_win": Row(POST_ONLY, "403 lee=302", of="borrowing"),
}
