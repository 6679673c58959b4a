from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Cas runs the cohort and is Ana's learning partner; Zed is in the cohort; Ada sets up.
_IN_IT = "404 ana,zed,cas,ada=200"
_STAFF = "404 ana,zed,ada=403 cas=200"
_SET_UP = "404 ana,zed=403 cas,ada=200"
_PAIR = "404 ana,cas=200"

ROWS = {
    "cohorts:stages": Row(_SET_UP, _SET_UP, of="cohort"),
    "cohorts:stage_edit": Row(_SET_UP, _SET_UP, of="stage"),
    "cohorts:stage_moving": Row(
        POST_ONLY, "404 ana,zed=403 cas,ada=302", of="stage", data={"way": "later"}
    ),
    "cohorts:stage_removal": Row(POST_ONLY, "404 ana,zed=403 cas,ada=302", of="stage"),
    "cohorts:sessions": Row("200", NEVER),
    "cohorts:cohort_sessions": Row(_IN_IT, NEVER, of="cohort"),
    "cohorts:session_new": Row(_STAFF, _STAFF, of="cohort"),
    "cohorts:session": Row(_IN_IT, NEVER, of="session"),
    "cohorts:session_edit": Row(_STAFF, _STAFF, of="session"),
    "cohorts:session_calling_off": Row(
        _STAFF, "404 ana,zed,ada=403 cas=302", of="session", data={"words": "The room is flooded."}
    ),
    "cohorts:session_coming": Row(
        POST_ONLY, "404 ana,zed,cas=302 ada=403", of="session", data={"coming": "no"}
    ),
    "cohorts:attendance": Row(_STAFF, "404 ana,zed,ada=403 cas=302", of="session_past"),
    "cohorts:visits": Row("404 ana,zed,cas=200 ada=403", NEVER, of="cohort"),
    "cohorts:visit_new": Row(
        "404 ana,zed,cas=200 ada=403", "404 ana,zed,cas=200 ada=403", of="cohort"
    ),
    "cohorts:visit": Row("404 ana,zed,cas=200", NEVER, of="visit"),
    "cohorts:visit_edit": Row("404 ana=200 zed,cas=403", "404 ana=200 zed,cas=403", of="visit"),
    "cohorts:visit_removal": Row(POST_ONLY, "404 ana=302 zed,cas=403", of="visit"),
    "cohorts:learning_partners": Row(_STAFF, _STAFF, of="cohort"),
    "cohorts:learning_partners_sharing_out": Row(
        POST_ONLY, "404 ana,zed,ada=403 cas=302", of="cohort"
    ),
    "cohorts:learning_calls": Row("200", NEVER),
    "cohorts:calls_with": Row(_PAIR, NEVER, of="seat"),
    "cohorts:call_new": Row(_PAIR, _PAIR, of="seat"),
    "cohorts:learning_call": Row(_PAIR, NEVER, of="call_held"),
    "cohorts:learning_call_edit": Row(_PAIR, _PAIR, of="call"),
    "cohorts:learning_call_missing": Row(POST_ONLY, "404 ana,cas=302", of="call"),
}
