"""Who gets what answer at every address. Read by tests/test_permission_matrix.py."""

from . import account, cohorts, home, leaders, match_rounds, meetings, setting_up, time, wins
from .row import Row

ROWS: dict[str, Row] = (
    home.ROWS
    | wins.ROWS
    | cohorts.ROWS
    | time.ROWS
    | leaders.ROWS
    | meetings.ROWS
    | match_rounds.ROWS
    | account.ROWS
)
ADMIN = setting_up.PAGES
NOBODY_ADDS = setting_up.NOBODY_ADDS

__all__ = ["ADMIN", "NOBODY_ADDS", "ROWS", "Row"]
