from .appreciations import Appreciation
from .comments import Comment
from .impact import ImpactCount, ImpactFigure
from .measures import DataPoint, Measure
from .outcomes import Outcome
from .pulses import PulseAnswer, PulseTurn
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
    "ImpactCount",
    "ImpactFigure",
    "Measure",
    "Outcome",
    "PulseAnswer",
    "PulseTurn",
    "Ripple",
    "SearchWord",
    "Substantiation",
    "ThankYou",
    "Win",
    "WinHelper",
    "Worry",
]
