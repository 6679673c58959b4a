from __future__ import annotations

from .row import NEVER, POST_ONLY, STAFF, Row

ROWS = {
    "cohorts:start": Row("302|404 nobody=302|404", "302|404 nobody=302|404"),
    "cohorts:start_steps": Row("403 ada=200", NEVER),
    "cohorts:me": Row("200", NEVER),
    "cohorts:me_edit": Row("200", "200"),
    "cohorts:download": Row("200", "200|405"),
    "cohorts:leaving": Row("200", "200 ada=403"),
    "cohorts:deputyships": Row("200", "403 mo,dee,lee,cas=200"),
    "cohorts:deputyship_calling_off": Row(
        "405 nobody=302|405", "404 mo=302 dee=403", of="deputyship"
    ),
    "cohorts:people": Row("200", NEVER),
    "cohorts:person": Row("200", NEVER, of="ana_pk"),
    "cohorts:organisations": Row("200", NEVER),
    "cohorts:organisation": Row("200", NEVER, of="organisation"),
    "cohorts:service": Row("200", NEVER, of="service"),
    "cohorts:cohorts": Row("200", NEVER),
    "cohorts:cohort": Row("404 ana,zed,cas,ada=200", NEVER, of="cohort"),
    "cohorts:invitations": Row("403 cas,ada=200", NEVER),
    "cohorts:invitation_new": Row("403 cas,ada=200", "403 cas,ada=200"),
    "cohorts:invitation_sending": Row("405 nobody=302|405", "404 cas,ada=302", of="invitation"),
    "cohorts:invitation_calling_off": Row("405 nobody=302|405", "404 cas,ada=302", of="invitation"),
    "cohorts:joining": Row("404 nobody=404", "404 nobody=404", of="token"),
    "cohorts:import": Row("403 cas,ada=200", "403 cas,ada=200"),
    "cohorts:import_report": Row("403 cas=200 ada=404", NEVER, of="import_"),
    "cohorts:import_adding": Row(POST_ONLY, "403 cas=302 ada=404", of="import_"),
    "cohorts:import_wrong_lines": Row("403 cas=200 ada=404", NEVER, of="import_"),
    "cohorts:start_step": Row("403 ada=200", "403 ada=200", path="/start/steps/themes/"),
    "cohorts:left": Row("302|200 nobody=200", "405 nobody=405"),
    "cohorts:post_new": Row(STAFF, STAFF, of="ana_pk"),
    "cohorts:post": Row(STAFF, STAFF, of="post"),
    "cohorts:post_title": Row("403 ana,cas,ada=200", "403 ana,cas,ada=200", of="post"),
    "cohorts:post_ending": Row(STAFF, STAFF, of="post"),
    "cohorts:organisation_new": Row(STAFF, STAFF),
    "cohorts:organisation_edit": Row(STAFF, STAFF, of="organisation"),
    "cohorts:service_new": Row(STAFF, STAFF, of="organisation"),
    "cohorts:service_edit": Row(STAFF, STAFF, of="service"),
    "cohorts:cohort_new": Row(STAFF, STAFF),
    "cohorts:cohort_edit": Row(
        "404 ana,zed=403 cas,ada=200", "404 ana,zed=403 cas,ada=200", of="cohort"
    ),
    "cohorts:member_new": Row(
        "404 ana,zed=403 cas,ada=200", "404 ana,zed=403 cas,ada=200", of="cohort"
    ),
    "cohorts:member_taking_out": Row(
        "404 ana=403 zed,cas,ada=200", "404 ana=403 zed,cas,ada=302", of="membership"
    ),
}
