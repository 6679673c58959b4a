from __future__ import annotations

from .row import NEVER, OPEN, POST_ONLY, Row

# A barrier of Ana's that Lee is asked about and Zed meets too; one hidden from the council (Ana, Mo,
# Dee, Lee) and from who has no post (Sam, Ada); one of Zed's merged; one said to be changed; one set aside.
_STAFF = "403 cas=200"
ROWS = {
    "labs:barriers": Row("200", NEVER),
    "labs:barrier_pattern": Row("200", NEVER),
    "labs:barrier_new": Row("200", "200"),
    "labs:barrier_anonymous": Row(OPEN, OPEN),
    "labs:barrier_receipt": Row(OPEN, OPEN),
    "labs:barrier": Row("404 ana,cas,zed=200", NEVER, of="barrier_hidden"),
    "labs:barrier_edit": Row("403 ana=200", "403 ana=200", of="barrier"),
    "labs:barrier_response": Row(
        POST_ONLY, "403 lee=302", of="barrier", data={"step": "cannot", "words": "The law."}
    ),
    "labs:barrier_verdict": Row(
        POST_ONLY, "403 ana=302", of="barrier_changed", data={"verdict": "fixed"}
    ),
    "labs:same_here": Row(
        POST_ONLY, "200 ana,sam,ada=403", of="barrier", data={"words": "", "service": ""}
    ),
    "labs:same_here_removal": Row(POST_ONLY, "302", of="barrier"),
    "labs:barrier_holder": Row("403 ana,cas=200", "403 ana,cas=200", of="barrier"),
    "labs:barrier_merging": Row(_STAFF, "403 cas=404", of="barrier"),
    "labs:barrier_unmerging": Row(POST_ONLY, "403 cas=302", of="barrier_merged"),
    "labs:barrier_setting_aside": Row(_STAFF, _STAFF, of="barrier"),
    "labs:barrier_putting_back": Row(POST_ONLY, "404 ana=403 cas=302", of="barrier_aside"),
    "labs:barrier_link_done": Row("200 nobody=200", "405 nobody=405"),
    "labs:barrier_link": Row("404 nobody=404", "404 nobody=404", of="token"),
    "labs:handed_decisions": Row("200", NEVER),
    "labs:handed_decision": Row("200", NEVER, of="handed"),
    "labs:handed_decision_taking_back": Row("403 lee=200", "403 lee=200", of="handed"),
}
