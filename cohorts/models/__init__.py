from .boards import Board
from .borrowings import Borrowing
from .calendar_feeds import CalendarFeed
from .clause_adoptions import ClauseAdoption
from .cohorts import Cohort, Membership
from .commitments import Commitment
from .comparison_notes import ComparisonNote
from .conditions import Condition
from .deputyships import Deputyship
from .exposure_visits import ExposureVisit
from .imports import Import
from .invitation_lists import InvitationList
from .invitations import Invitation
from .leader_request_words import LeaderRequestWord
from .leader_requests import LeaderRequest
from .leaders import Leader
from .learning_calls import LearningCall
from .manager_agreements import ManagerAgreement
from .match_rounds import MatchRound
from .match_wishes import DoNotPair, MatchPause
from .matches import Match, MatchPlace
from .offered_dates import OfferedDate
from .organisations import Organisation, Service
from .peer_meetings import PeerMeeting, PeerMeetingWord, ProposedDate
from .peer_places import PeerPlace
from .people import Person
from .places import Place, Theme
from .posts import Post
from .practices import Practice, PracticeOwner
from .role_check_ins import RoleCheckIn
from .role_clauses import RoleClause
from .role_statements import RoleLine, RoleStatement
from .sessions import Attendance, Session
from .stages import Stage
from .time_requests import TimeRequest

__all__ = [
    "Attendance",
    "Board",
    "Borrowing",
    "CalendarFeed",
    "ClauseAdoption",
    "Cohort",
    "Commitment",
    "ComparisonNote",
    "Condition",
    "Deputyship",
    "DoNotPair",
    "ExposureVisit",
    "Import",
    "Invitation",
    "InvitationList",
    "Leader",
    "LeaderRequest",
    "LeaderRequestWord",
    "LearningCall",
    "ManagerAgreement",
    "Match",
    "MatchPause",
    "MatchPlace",
    "MatchRound",
    "Membership",
    "OfferedDate",
    "Organisation",
    "PeerMeeting",
    "PeerMeetingWord",
    "PeerPlace",
    "Person",
    "Place",
    "Post",
    "Practice",
    "PracticeOwner",
    "ProposedDate",
    "RoleCheckIn",
    "RoleClause",
    "RoleLine",
    "RoleStatement",
    "Service",
    "Session",
    "Stage",
    "Theme",
    "TimeRequest",
]
