from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

_RUNS = "404 ana,zed=403 cas,ada=200"
_LIST = "403 cas=200 ada=404"

# Sam has applied and nobody has opened it; Lee is asked in. Administrators put people in, and don't read.
ROWS = {
    "cohorts:open_cohorts": Row("200", NEVER),
    "cohorts:cohort_opening": Row(
        _RUNS,
        "404 ana,zed=403 cas,ada=302",
        of="cohort",
        data={"about": "A year together.", "asks": "A day a month."},
    ),
    "cohorts:application_new": Row(
        "200", "403 mo,dee,ada=302", of="cohort", data={"why": "I want to see how others do it."}
    ),
    "cohorts:memberships": Row("404 ana,zed,ada=403 cas=200", NEVER, of="cohort"),
    "cohorts:membership": Row("404 sam,cas=200", NEVER, of="application"),
    "cohorts:application_edit": Row(
        "404 sam=200 cas=403", "404 sam=302 cas=403", of="application", data={"why": "Still that."}
    ),
    "cohorts:membership_step": Row(
        POST_ONLY, "404 lee=302 cas=403", of="asked", data={"step": "yes"}
    ),
    "cohorts:invitation_list_new": Row(
        _RUNS,
        "404 ana,zed=403 cas,ada=302",
        of="cohort",
        data={"pasted": "Noor Saleh <noor@example.org>"},
    ),
    "cohorts:invitation_list": Row(_LIST, NEVER, of="invitation_list"),
    "cohorts:invitation_list_lines": Row(
        POST_ONLY, "403 cas=302 ada=404", of="invitation_list", data={"email-1": "b@example.org"}
    ),
    "cohorts:invitation_list_sending": Row(POST_ONLY, "403 cas=302 ada=404", of="invitation_list"),
    "cohorts:invitation_list_wrong_lines": Row(_LIST, NEVER, of="invitation_list"),
    "home:cohort_health": Row("404 ana,zed,ada=403 cas=200", NEVER, of="cohort"),
}
