from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Match rounds are programme staff's: not a manager's, not an administrator's. One's own place is one's own.
_STAFF = "404 cas=200"
_STAFF_ONLY = "403 cas=200"
_ROUND = {"name": "January", "question": "Who opens the door?", "whom": "everyone", "size": "2"}

ROWS = {
    "cohorts:people_to_meet": Row("200", NEVER),
    "cohorts:me_meeting": Row("200", "302", data={"open_to_meet": "on"}),
    "cohorts:me_meeting_no": Row(POST_ONLY, "302"),
    "cohorts:me_matching": Row("200", NEVER),
    "cohorts:match_pause": Row(POST_ONLY, "200", data={"until": "2020-01-01"}),
    "cohorts:keeping_apart": Row(POST_ONLY, "200", data={"person": "Nobody of that name"}),
    "cohorts:kept_apart_no_longer": Row(POST_ONLY, "404 ana=302", of="apart"),
    "cohorts:match_rounds": Row(_STAFF_ONLY, NEVER),
    "cohorts:match_round_new": Row(_STAFF_ONLY, "403 cas=302", data=_ROUND),
    "cohorts:match_round": Row(_STAFF, NEVER, of="round_previewed"),
    "cohorts:match_round_edit": Row(_STAFF, "404 cas=302", of="round_draft", data=_ROUND),
    "cohorts:match_round_preview": Row(POST_ONLY, "404 cas=302", of="round_draft"),
    "cohorts:match_place_change": Row(_STAFF, "404 cas=200", of="place_to_change"),
    "cohorts:match_round_sending": Row(_STAFF, "404 cas=302", of="round_previewed"),
    "cohorts:match_round_calling_off": Row(POST_ONLY, "404 cas=302", of="round_draft"),
    "cohorts:match_place": Row("404 ana,cas=200", NEVER, of="match_place"),
    "home:looking_across": Row("200", NEVER),
    "home:could_meet": Row("200", NEVER),
}
