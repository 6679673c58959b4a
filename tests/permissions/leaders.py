from __future__ import annotations

from .row import NEVER, POST_ONLY, STAFF, Row

# A request of Ana's that has come to Lee, a draft of hers, a leader without an account and a promise.
_REQUEST = "404 ana,mo,lee,cas=200"
_EVERYBODY_BY_TOKEN = "404 nobody=404"
ROWS = {
    "cohorts:leaders": Row("200", NEVER),
    "cohorts:leader_new": Row(STAFF, STAFF),
    "cohorts:leader": Row("200", NEVER, of="leader"),
    "cohorts:leader_edit": Row(STAFF, STAFF, of="leader"),
    "cohorts:leader_retirement": Row(POST_ONLY, "403 cas,ada=302", of="leader"),
    "cohorts:leader_requests": Row("200", NEVER),
    "cohorts:leader_request_new": Row("403 ana=200", "403 ana=200"),
    "cohorts:leader_request": Row(_REQUEST, NEVER, of="leader_request"),
    "cohorts:leader_request_edit": Row("404 ana=200", "404 ana=200", of="leader_draft"),
    "cohorts:leader_request_check": Row("404 ana=200", "404 ana=302", of="leader_draft"),
    "cohorts:leader_request_throwing_away": Row(POST_ONLY, "404 ana=302", of="leader_draft"),
    "cohorts:leader_request_step": Row(
        POST_ONLY,
        "404 lee=302 ana,mo,cas=403",
        of="leader_request",
        data={"step": "ask", "words": "Who else?"},
    ),
    "cohorts:commitment": Row(
        _REQUEST,
        "404 ana,lee=302 mo,cas=403",
        of="commitment",
        data={"state": "kept", "words": "It is done."},
    ),
    "cohorts:calendar": Row("200", "302", data={"what": "end"}),
    "cohorts:calendar_feed": Row(_EVERYBODY_BY_TOKEN, "405 nobody=405", of="token"),
    "cohorts:manager_link_done": Row("200 nobody=200", "405 nobody=405"),
    "cohorts:manager_link": Row(_EVERYBODY_BY_TOKEN, "404 nobody=404", of="token"),
    "cohorts:leader_link_done": Row("200 nobody=200", "405 nobody=405"),
    "cohorts:leader_link": Row(_EVERYBODY_BY_TOKEN, "404 nobody=404", of="token"),
    "home:carrying": Row(
        "404 ana=200 mo,lee,cas=403", "404 ana=404 mo,lee,cas=403", of="leader_request"
    ),
}
