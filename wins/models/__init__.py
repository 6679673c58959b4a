from .appreciations import Appreciation
from .board_papers import BoardPaper
from .comments import Comment
from .impact import ImpactCount, ImpactFigure
from .measures import DataPoint, Measure
from .nominations import Nomination
from .outcomes import Outcome
from .panel_choices import PanelChoice
from .paper_readings import PaperReading
from .pulses import PulseAnswer, PulseTurn
from .ripple_sessions import RippleSession
from .ripples import Ripple
from .search_words import SearchWord
from .selection_rounds import PanelSeat, SelectionRound
from .stories import Story
from .substantiations import Substantiation
from .thank_yous import ThankYou
from .win_helpers import WinHelper
from .wins import Win
from .worries import Worry

__all__ = [
    "Appreciation",
    "BoardPaper",
    "Comment",
    "DataPoint",
    "ImpactCount",
    "ImpactFigure",
    "Measure",
    "Nomination",
    "Outcome",
    "PanelChoice",
    "PanelSeat",
    "PaperReading",
    "PulseAnswer",
    "PulseTurn",
    "Ripple",
    "RippleSession",
    "SearchWord",
    "SelectionRound",
    "Story",
    "Substantiation",
    "ThankYou",
    "Win",
    "WinHelper",
    "Worry",
]
