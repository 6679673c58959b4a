"""Who hears of what happened, besides the person who did it, and in what words. One module a noun.

Every module is imported here, so that its notices are registered when the site starts."""

from . import (
    agreements,
    leader_requests,
    match_rounds,
    memberships,
    peer_meetings,
    practices,
    roles,
    running,
    time,
)
from .leader_requests import (
    leader_request_leaders,
    leader_request_managers,
    leader_request_staff,
)
from .people_and_places import (
    deputyship_called_off,
    deputyship_named,
    invitation_accepted,
    membership_added,
    post_changed,
)

__all__ = [
    "agreements",
    "deputyship_called_off",
    "deputyship_named",
    "invitation_accepted",
    "leader_request_leaders",
    "leader_request_managers",
    "leader_request_staff",
    "leader_requests",
    "match_rounds",
    "membership_added",
    "memberships",
    "peer_meetings",
    "post_changed",
    "practices",
    "roles",
    "running",
    "time",
]
