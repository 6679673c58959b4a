"""Addresses of roles, and of who stayed."""

from __future__ import annotations

from django.urls import path

from .views import (
    clause_adoptions,
    role_check_ins,
    role_clauses,
    role_papers,
    role_statement_steps,
    role_statements,
    stay_rates,
)

ROLES = [
    path("clauses/", role_clauses.listing, name="role_clauses"),
    path("clauses/new/", role_clauses.new, name="role_clause_new"),
    path("clauses/<int:pk>/", role_clauses.clause, name="role_clause"),
    path("clauses/<int:pk>/rewording/", role_clauses.rewording, name="role_clause_rewording"),
    path("clauses/<int:pk>/retirement/", role_clauses.retirement, name="role_clause_retirement"),
    path("role-statements/", role_statements.listing, name="role_statements"),
    path("role-statements/new/", role_statements.new, name="role_statement_new"),
    path("role-statements/<int:pk>/", role_statements.statement, name="role_statement"),
    path("role-statements/<int:pk>/edit/", role_statements.edit, name="role_statement_edit"),
    path(
        "role-statements/<int:pk>/proposal/",
        role_statement_steps.proposal,
        name="role_statement_proposal",
    ),
    path(
        "role-statements/<int:pk>/taking-back/",
        role_statement_steps.taking_back,
        name="role_statement_taking_back",
    ),
    path(
        "role-statements/<int:pk>/throwing-away/",
        role_statement_steps.throwing_away,
        name="role_statement_throwing_away",
    ),
    path(
        "role-statements/<int:pk>/decision/",
        role_statement_steps.decision,
        name="role_statement_decision",
    ),
    path(
        "role-statements/<int:pk>/next-version/",
        role_statement_steps.next_version,
        name="role_statement_next_version",
    ),
    path(
        "role-statements/<int:pk>/adoption/",
        role_statement_steps.adoption,
        name="role_statement_adoption",
    ),
    path(
        "role-statements/<int:pk>/comparison/",
        role_papers.comparison,
        name="role_statement_comparison",
    ),
    path("role-statements/<int:pk>/print/", role_papers.sheet, name="role_statement_sheet"),
    path("role-statements/<int:pk>/docx/", role_papers.docx, name="role_statement_docx"),
    path("jobs/", clause_adoptions.listing, name="clause_adoptions"),
    path("jobs/new/", clause_adoptions.new, name="clause_adoption_new"),
    path("jobs/<int:pk>/", clause_adoptions.adoption, name="clause_adoption"),
    path(
        "jobs/<int:pk>/confirmation/",
        clause_adoptions.confirmation,
        name="clause_adoption_confirmation",
    ),
    path(
        "jobs/<int:pk>/taking-off/", clause_adoptions.taking_off, name="clause_adoption_taking_off"
    ),
    path("check-ins/<int:pk>/", role_check_ins.role_check_in, name="role_check_in"),
    path("check-in-links/done/", role_check_ins.check_in_done, name="check_in_done"),
    path("check-in-links/<str:token>/", role_check_ins.check_in_link, name="check_in_link"),
    path("stay/", stay_rates.listing, name="stay_rates"),
    path("cohorts/<int:pk>/stay/", stay_rates.stay, name="stay"),
]
