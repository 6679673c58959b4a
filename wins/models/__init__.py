from .appreciations import Appreciation
from .comments import Comment
from .measures import DataPoint, Measure
from .search_words import SearchWord
from .thank_yous import ThankYou
from .wins import Win, WinHelper
from .worries import Worry

__all__ = [
    "Appreciation",
    "Comment",
    "DataPoint",
    "Measure",
    "SearchWord",
    "ThankYou",
    "Win",
    "WinHelper",
    "Worry",
]
