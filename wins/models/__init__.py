from .appreciations import Appreciation
from .comments import Comment
from .measures import DataPoint, Measure
from .outcomes import Outcome
from .ripple_sessions import RippleSession
from .ripples import Ripple
from .search_words import SearchWord
from .substantiations import Substantiation
from .thank_yous import ThankYou
from .wins import Win, WinHelper
from .worries import Worry

__all__ = [
    "Appreciation",
    "Comment",
    "DataPoint",
    "Measure",
    "Outcome",
    "Ripple",
    "RippleSession",
    "SearchWord",
    "Substantiation",
    "ThankYou",
    "Win",
    "WinHelper",
    "Worry",
]
