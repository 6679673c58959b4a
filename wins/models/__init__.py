from .appreciations import Appreciation
from .comments import Comment
from .measures import DataPoint, Measure
from .nominations import Nomination
from .panel_choices import PanelChoice
from .search_words import SearchWord
from .selection_rounds import PanelSeat, SelectionRound
from .stories import Story
from .thank_yous import ThankYou
from .wins import Win, WinHelper
from .worries import Worry

__all__ = [
    "Appreciation",
    "Comment",
    "DataPoint",
    "Measure",
    "Nomination",
    "PanelChoice",
    "PanelSeat",
    "SearchWord",
    "SelectionRound",
    "Story",
    "ThankYou",
    "Win",
    "WinHelper",
    "Worry",
]
