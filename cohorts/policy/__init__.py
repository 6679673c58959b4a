"""Who may do what in cohorts, and why not. One module a noun; those of setting up stand together."""

from .people_and_places import (
    DECIDES_FOR_OTHERS,
    deciders_for,
    may_call_off_deputyship,
    may_call_off_invitation,
    may_change_organisations,
    may_change_posts,
    may_correct_title,
    may_import,
    may_invite,
    may_leave,
    may_name_deputy,
    may_run_cohorts,
    may_send_again,
    may_set_up,
)

__all__ = [
    "DECIDES_FOR_OTHERS",
    "deciders_for",
    "may_call_off_deputyship",
    "may_call_off_invitation",
    "may_change_organisations",
    "may_change_posts",
    "may_correct_title",
    "may_import",
    "may_invite",
    "may_leave",
    "may_name_deputy",
    "may_run_cohorts",
    "may_send_again",
    "may_set_up",
]
