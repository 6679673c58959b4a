from .calendar_feeds import CalendarFeed
from .cohorts import Cohort, Membership
from .commitments import Commitment
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
from .offered_dates import OfferedDate
from .organisations import Organisation, Service
from .people import Person
from .places import Place, Theme
from .posts import Post
from .sessions import Attendance, Session
from .stages import Stage
from .time_requests import TimeRequest

__all__ = [
    "Attendance",
    "CalendarFeed",
    "Cohort",
    "Commitment",
    "Deputyship",
    "ExposureVisit",
    "Import",
    "Invitation",
    "InvitationList",
    "Leader",
    "LeaderRequest",
    "LeaderRequestWord",
    "LearningCall",
    "ManagerAgreement",
    "Membership",
    "OfferedDate",
    "Organisation",
    "Person",
    "Place",
    "Post",
    "Service",
    "Session",
    "Stage",
    "Theme",
    "TimeRequest",
]
