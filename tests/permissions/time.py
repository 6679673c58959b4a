from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

_SEEN = "404 ana,mo,cas=200"

# Mo's deputyship in the scene is over, so Dee is a stranger; Cas runs Ana's cohort and only reads.
ROWS = {
    "cohorts:decisions": Row("200", NEVER),
    "cohorts:agreements": Row("200", NEVER),
    "cohorts:agreement_new": Row("200", "403"),
    "cohorts:agreement": Row(_SEEN, NEVER, of="agreement"),
    "cohorts:agreement_decision": Row(
        POST_ONLY, "404 mo=302 ana,cas=403", of="agreement", data={"decision": "agree"}
    ),
    "cohorts:agreement_proposal": Row(
        "404 ana=409 mo,cas=403", "404 ana=409 mo,cas=403", of="agreement"
    ),
    "cohorts:agreement_ending": Row(
        "404 ana,mo=200 cas=403", "404 ana,mo=302 cas=403", of="agreement"
    ),
    "cohorts:time_requests": Row("200", NEVER),
    "cohorts:time_request_new": Row("200", "403 ana=200"),
    "cohorts:time_request": Row(_SEEN, NEVER, of="time"),
    "cohorts:time_request_decision": Row(
        POST_ONLY, "404 mo=302 ana,cas=403", of="time", data={"decision": "approve"}
    ),
    "cohorts:time_request_answer": Row(
        "404 ana=200 mo,cas=403",
        "404 ana=302 mo,cas=403",
        of="time_more",
        data={"answer": "Dee does."},
    ),
    "cohorts:time_request_withdrawal": Row(POST_ONLY, "404 ana=302 mo,cas=403", of="time"),
    "cohorts:time_request_outcome": Row(
        POST_ONLY, "404 ana=302 mo,cas=403", of="time_past", data={"outcome": "taken"}
    ),
    "cohorts:ledger": Row("200", NEVER),
    "cohorts:team_ledger": Row("200", NEVER),
}
