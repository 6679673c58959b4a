from __future__ import annotations

from .row import NEVER, OPEN, POST_ONLY, Row

# A lab of Cas's, who facilitates it; Ana and Sam are in it, and somebody by a card. Nobody else sees it,
# programme staff and administrators included; one that is published everyone here reads in short.
_INSIDE = "404 ana,cas,sam=200"
_RUNS = "404 ana,sam=403 cas=200"
_PLAN = {"try_what": "a", "expect": "b", "by_when": "2040-01-31"}
ROWS = {
    "labs:labs": Row("200", NEVER),
    "labs:lab_new": Row("403 ana,mo,dee,lee,cas,zed=200", "403 ana,mo,dee,lee,cas,zed=200"),
    "labs:lab": Row(_INSIDE, NEVER, of="lab"),
    "labs:lab_edit": Row(_RUNS, _RUNS, of="lab"),
    "labs:lab_ending": Row(POST_ONLY, "404 ana,sam=403 cas=302", of="lab"),
    "labs:lab_summary": Row(_RUNS, _RUNS, of="lab"),
    "labs:lab_publishing": Row("404 cas=200", "404 cas=302", of="lab_published"),
    "labs:lab_taking_back": Row(POST_ONLY, "404 cas=302", of="lab_published"),
    "labs:lab_barriers": Row(_RUNS, "404 ana,sam=403 cas=404", of="lab"),
    "labs:lab_putting_down": Row("405 nobody=302", "404", path="/labs/1/barriers/1/putting-down/"),
    "labs:lab_members": Row(_INSIDE, "404 ana,sam=403 cas=200", of="lab"),
    "labs:lab_member": Row("404 sam=403 ana,cas=200", "404 sam=403 ana,cas=302", of="lab_seat"),
    "labs:lab_member_removal": Row(POST_ONLY, "404 sam=403 ana,cas=302", of="lab_seat"),
    "labs:lab_member_coming_back": Row(POST_ONLY, "404 ana,sam=403 cas=302", of="lab_seat_left"),
    "labs:lab_member_card": Row(_RUNS, "404 ana,sam=403 cas=302", of="lab_carded"),
    "labs:code_card": Row(OPEN, OPEN),
    "labs:lab_session_new": Row(_INSIDE, _INSIDE, of="lab"),
    "labs:lab_session": Row(_INSIDE, _INSIDE, of="lab_session"),
    "labs:insight_new": Row(_INSIDE, _INSIDE, of="lab"),
    "labs:insight_edit": Row("404 sam=403 ana,cas=200", "404 sam=403 ana,cas=200", of="insight"),
    "labs:insight_removal": Row(POST_ONLY, "404 sam=403 ana,cas=302", of="insight"),
    "labs:pattern_new": Row(_INSIDE, _INSIDE, of="lab"),
    "labs:pattern_edit": Row(_INSIDE, _INSIDE, of="pattern"),
    "labs:pattern_agreement": Row(POST_ONLY, "404 ana,cas,sam=302", of="pattern"),
    "labs:pattern_removal": Row(POST_ONLY, "404 ana,cas,sam=302", of="pattern"),
    "labs:experiment_new": Row(_INSIDE, "404 ana,cas,sam=302", of="lab", data=_PLAN),
    "labs:experiment": Row(_INSIDE, _INSIDE, of="experiment"),
    "labs:experiment_edit": Row(
        "404 sam=403 ana,cas=200", "404 sam=403 ana,cas=200", of="experiment"
    ),
    "labs:experiment_trying_on": Row(POST_ONLY, "404 ana,cas,sam=302", of="experiment_decided"),
    "labs:decision_new": Row(_INSIDE, _INSIDE, of="lab"),
    "labs:decision": Row(_INSIDE, _INSIDE, of="lab_decision"),
}
