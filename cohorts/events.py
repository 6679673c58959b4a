"""The app's verbs: what is recorded of people, organisations and cohorts."""

PLACE_SET_UP = "place.set_up"
ORGANISATION_ADDED = "organisation.added"
ORGANISATION_CHANGED = "organisation.changed"
SERVICE_ADDED = "service.added"
SERVICE_CHANGED = "service.changed"
THEMES_ADDED = "themes.added"

INVITATION_SENT = "invitation.sent"
INVITATION_SENT_AGAIN = "invitation.sent_again"
INVITATION_CALLED_OFF = "invitation.called_off"
INVITATION_ACCEPTED = "invitation.accepted"
PEOPLE_IMPORTED = "people.imported"

PROFILE_CHANGED = "profile.changed"
DOWNLOAD_TAKEN = "download.taken"
PERSON_LEFT = "person.left"

POST_ADDED = "post.added"
POST_CHANGED = "post.changed"
POST_ENDED = "post.ended"

DEPUTY_NAMED = "deputyship.named"
DEPUTY_CALLED_OFF = "deputyship.called_off"

COHORT_ADDED = "cohort.added"
COHORT_CHANGED = "cohort.changed"
MEMBER_ADDED = "membership.added"
MEMBER_TAKEN_OUT = "membership.taken_out"

SETTING_UP = {
    "added": "setting_up.added",
    "changed": "setting_up.changed",
    "deleted": "setting_up.deleted",
}

LEADER_ADDED = "leader.added"
LEADER_CHANGED = "leader.changed"
LEADER_RETIRED = "leader.retired"

LEADER_REQUEST_DRAFTED = "leader_request.drafted"
LEADER_REQUEST_THROWN_AWAY = "leader_request.thrown_away"
LEADER_REQUEST_SENT = "leader_request.sent"
LEADER_REQUEST_APPROVED = "leader_request.approved"
LEADER_REQUEST_MANAGER_ASKED = "leader_request.manager_asked"
LEADER_REQUEST_DECLINED = "leader_request.declined"
LEADER_REQUEST_ANSWERED = "leader_request.answered"
LEADER_REQUEST_SECOND_LOOK_ASKED = "leader_request.second_look_asked"
LEADER_REQUEST_SECOND_LOOK_APPROVED = "leader_request.second_look_approved"
LEADER_REQUEST_UPHELD = "leader_request.upheld"
LEADER_REQUEST_REACHED_LEADER = "leader_request.reached_leader"
LEADER_REQUEST_DATES_OFFERED = "leader_request.dates_offered"
LEADER_REQUEST_LEADER_ASKED = "leader_request.leader_asked"
LEADER_REQUEST_POINTED = "leader_request.pointed"
LEADER_REQUEST_LEADER_DECLINED = "leader_request.leader_declined"
LEADER_REQUEST_ARRANGED = "leader_request.arranged"
LEADER_REQUEST_NO_DATE_FITS = "leader_request.no_date_fits"
LEADER_REQUEST_REARRANGED = "leader_request.rearranged"
LEADER_REQUEST_WITHDRAWN = "leader_request.withdrawn"
LEADER_REQUEST_ASKED_WHETHER_HELD = "leader_request.asked_whether_held"
LEADER_REQUEST_HELD = "leader_request.held"
LEADER_REQUEST_MISSED = "leader_request.missed"
LEADER_REQUEST_TRIED_AGAIN = "leader_request.tried_again"
LEADER_REQUEST_FOLLOWED_UP = "leader_request.followed_up"
LEADER_REQUEST_CORRECTED = "leader_request.corrected"
LEADER_REQUEST_CLOSED = "leader_request.closed"
LEADER_REQUEST_MOVED = "leader_request.moved"
LEADER_REQUEST_ESCALATED = "leader_request.escalated"

COMMITMENT_JUDGED = "commitment.judged"
COMMITMENT_LEADERS_VIEW = "commitment.leaders_view"

CALENDAR_FEED_MADE = "calendar_feed.made"
CALENDAR_FEED_ENDED = "calendar_feed.ended"

# Agreements and protected time
AGREEMENT_PROPOSED = "agreement.proposed"
AGREEMENT_PROPOSED_AGAIN = "agreement.proposed_again"
AGREEMENT_AGREED = "agreement.agreed"
AGREEMENT_TALK = "agreement.talk"
AGREEMENT_RENEWED = "agreement.renewed"
AGREEMENT_ENDED = "agreement.ended"
AGREEMENT_RENEWAL = "agreement.renewal_asked"
AGREEMENT_MOVED = "agreement.moved"
TIME_ASKED = "time.asked"
TIME_APPROVED = "time.approved"
TIME_DECLINED = "time.declined"
TIME_MORE_ASKED = "time.more_asked"
TIME_ANSWERED = "time.answered"
TIME_WITHDRAWN = "time.withdrawn"
TIME_TAKEN = "time.taken"
TIME_LOST = "time.lost"
TIME_MOVED = "time.moved"
