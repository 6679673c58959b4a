from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# A check-in that waits for Ana: hers alone, signed in or by the link in her letter.
_ANSWER = {"where": "same", "in_a_year": "unsure"}
# A clause of the library, and a job of the council's that Cas wrote down: those who work there confirm it.
_WORDS = {"level": "working", "words": "Meets people of other services."}
_THERE = "ana,mo,dee,lee"
# Role statements: the worker's; once proposed, the manager and the cohort's staff read it.
_READ = "404 ana,mo,cas=200"
_ROLE = {"edition": 1, "kind": "role", "job_title": "Outreach worker"}
_AGREE = {"decision": "agree", "edition": 1}
ROWS = {
    "cohorts:role_clauses": Row("200", NEVER),
    "cohorts:role_clause_new": Row("403 cas=200", "403 cas=302", data=_WORDS | {"condition": 1}),
    "cohorts:role_clause": Row("200", NEVER, of="role_clause"),
    "cohorts:role_clause_rewording": Row(
        "403 cas=200", "403 cas=302", of="role_clause", data=_WORDS
    ),
    "cohorts:role_clause_retirement": Row(POST_ONLY, "403 cas=302", of="role_clause"),
    "cohorts:role_statements": Row("200", NEVER),
    "cohorts:role_statement_new": Row("200", "200"),
    "cohorts:role_statement": Row(_READ, NEVER, of="statement"),
    "cohorts:role_statement_edit": Row(
        "404 ana=200", "404 ana=302", of="statement_draft", data=_ROLE
    ),
    "cohorts:role_statement_proposal": Row(POST_ONLY, "404 ana=302", of="statement_draft"),
    "cohorts:role_statement_throwing_away": Row(POST_ONLY, "404 ana=302", of="statement_draft"),
    "cohorts:role_statement_taking_back": Row(POST_ONLY, "404 ana=302 mo,cas=403", of="statement"),
    "cohorts:role_statement_decision": Row(
        POST_ONLY, "404 ana,cas=403 mo=302", of="statement", data=_AGREE
    ),
    "cohorts:role_statement_next_version": Row(
        POST_ONLY, "404 ana=302 mo,cas=403", of="statement_agreed"
    ),
    "cohorts:role_statement_adoption": Row(
        POST_ONLY, "404 ana,mo=302 cas=403", of="statement_agreed", data={"since": "2025-01-06"}
    ),
    "cohorts:role_statement_comparison": Row(_READ, NEVER, of="statement_agreed"),
    "cohorts:role_statement_sheet": Row(_READ, NEVER, of="statement"),
    "cohorts:role_statement_docx": Row(_READ, NEVER, of="statement"),
    "cohorts:clause_adoptions": Row("200", NEVER),
    "cohorts:clause_adoption_new": Row("200", "200"),
    "cohorts:clause_adoption": Row("200", NEVER, of="adoption"),
    "cohorts:clause_adoption_confirmation": Row(POST_ONLY, f"403 {_THERE}=302", of="adoption"),
    "cohorts:clause_adoption_taking_off": Row(POST_ONLY, "403 cas=302", of="adoption"),
    "cohorts:role_check_in": Row("404 ana=200", "404 ana=302", of="check_in", data=_ANSWER),
    "cohorts:check_in_link": Row(
        "403 nobody,ana=200", "403 nobody,ana=302", of="check_in_token", data=_ANSWER
    ),
    "cohorts:check_in_done": Row("200 nobody=200", "405 nobody=405"),
    "cohorts:stay_rates": Row("200", NEVER),
    "cohorts:stay": Row("200", NEVER, of="cohort"),
}
