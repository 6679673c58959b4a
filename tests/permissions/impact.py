from __future__ import annotations

from .row import NEVER, Row

ROWS = {
    "home:impact": Row("200", NEVER),
    "home:impact_mine": Row("200", NEVER),
    "home:impact_organisation": Row("200", NEVER, of="organisation"),
    "home:impact_service": Row("200", NEVER, of="service"),
    "home:impact_cohort": Row("200", NEVER, of="cohort"),
}
