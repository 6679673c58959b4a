"""Simple pictures for a few wins: flat shapes, drawn here, of things and never of people."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from .told import Told

HOW_MANY = {"full": 12, "small": 2}
WIDTH, HEIGHT = 1200, 900
WALLS = ("#f1e6d2", "#e3ecea", "#ece4ee", "#f3dfd6", "#e6ead8")
TABLES = ("#c9a87c", "#8fa8a3", "#b08d76", "#7d8f9c")
INK, PAPER, WARM, TEAL, BRICK, PLUM = (
    "#3a3330",
    "#fffaf0",
    "#e0a32e",
    "#2f7f79",
    "#b4523a",
    "#7a4d78",
)

# What each picture shows, in words.
SHOWS = {
    "kettle": "A kettle on a kitchen table, with two mugs.",
    "board": "A corkboard with rows of pinned cards.",
    "keys": "Two door keys on a ring.",
    "bench": "An empty bench by the water in the morning.",
    "letters": "Letters on a desk in two piles, a tall one and a short one.",
    "bus": "A bus at a stop.",
    "window": "Two chairs facing a window, and a plant.",
    "garden": "A green shed and three rows of beans.",
    "box": "A cardboard box with a plunger and the spout of a kettle looking out.",
}


def keep_the_newest(told: list[Told], size: str) -> None:
    """A few of the stories that a picture goes with have one: the newest that everybody may read."""
    left = HOW_MANY[size]
    for win in reversed(told):
        open_to_all = win.state == "logged" and win.visibility == "everyone"
        if win.picture and open_to_all and left:
            left -= 1
        else:
            win.picture = ""


def draw(subject: str, rng: Random) -> bytes:
    """The picture as a JPEG, as a phone might send it."""
    image = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), rng.choice(WALLS))
    pen = Pen(ImageDraw.Draw(image), rng)
    SCENES[subject](pen)
    file = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "JPEG", quality=92)
    return file.getvalue()


class Pen:
    """Draws in a 1200 × 900 space on an image twice as large, so that edges come out smooth."""

    def __init__(self, canvas: ImageDraw.ImageDraw, rng: Random) -> None:
        self.canvas = canvas
        self.rng = rng

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str, round_: float = 0
    ) -> None:
        self.canvas.rounded_rectangle(
            [left * 2, top * 2, right * 2, bottom * 2], radius=round_ * 2, fill=fill
        )

    def round(
        self, x: float, y: float, radius: float, fill: str | None, line: str = INK, width: int = 0
    ) -> None:
        self.canvas.ellipse(
            [(x - radius) * 2, (y - radius) * 2, (x + radius) * 2, (y + radius) * 2],
            fill=fill, outline=line if width else None, width=width * 2,
        )  # fmt: skip

    def line(self, *points: tuple[float, float], fill: str = INK, width: int = 10) -> None:
        self.canvas.line(
            [(x * 2, y * 2) for x, y in points], fill=fill, width=width * 2, joint="curve"
        )

    def shape(self, *points: tuple[float, float], fill: str) -> None:
        self.canvas.polygon([(x * 2, y * 2) for x, y in points], fill=fill)

    def arc(
        self, x: float, y: float, radius: float, start: int, end: int, line: str, width: int
    ) -> None:
        self.canvas.arc(
            [(x - radius) * 2, (y - radius) * 2, (x + radius) * 2, (y + radius) * 2],
            start, end, fill=line, width=width * 2,
        )  # fmt: skip

    def table(self, top: float = 660) -> None:
        self.box(0, top, WIDTH, HEIGHT, self.rng.choice(TABLES))
        self.box(0, top, WIDTH, top + 14, "#6f5a45")


def kettle(pen: Pen) -> None:
    pen.table()
    body = pen.rng.choice((TEAL, BRICK, PLUM))
    pen.arc(480, 380, 150, 180, 360, INK, 26)
    pen.shape((330, 660), (360, 380), (600, 380), (640, 660), fill=body)
    pen.shape((610, 470), (740, 380), (770, 410), (628, 580), fill=body)
    pen.round(480, 370, 26, INK)
    for left in (820, 980):
        pen.arc(left + 112, 600, 38, 250, 110, PAPER, 16)
        pen.box(left, 540, left + 110, 664, PAPER, 12)
    for x in (850, 890, 1010, 1050):
        pen.line((x, 510), (x + 12, 480), (x, 450), (x + 12, 420), fill="#ffffff", width=6)


def board(pen: Pen) -> None:
    pen.box(140, 90, 1060, 790, "#6f5a45", 18)
    pen.box(170, 120, 1030, 760, "#cfa36a")
    for row in range(3):
        for column in range(5):
            if pen.rng.random() < 0.16:
                continue
            x, y = 205 + column * 164, 150 + row * 200
            tilt = pen.rng.randint(-10, 10)
            colour = pen.rng.choice((PAPER, "#f7e3a8", "#d5e8e3", "#f2d3c6"))
            pen.shape(
                (x, y + tilt),
                (x + 130, y - tilt),
                (x + 130, y + 150 - tilt),
                (x, y + 150 + tilt),
                fill=colour,
            )
            for line in range(pen.rng.randint(2, 4)):
                pen.line(
                    (x + 20, y + 50 + line * 24),
                    (x + 105, y + 50 + line * 24),
                    fill="#9a8c7c",
                    width=4,
                )
            pen.round(x + 65, y + 14, 9, pen.rng.choice((BRICK, TEAL, WARM)))


def keys(pen: Pen) -> None:
    pen.table(0)
    pen.round(560, 330, 130, None, line=INK, width=16)
    for colour, lean in ((WARM, 0), ("#b9bec4", 240)):
        pen.round(470 + lean, 470, 72, colour)
        pen.round(470 + lean, 450, 26, "#6f5a45")
        pen.box(450 + lean, 520, 490 + lean, 790, colour, 6)
        for tooth in (640, 690, 740):
            pen.box(490 + lean, tooth, 526 + lean, tooth + 26, colour)


def bench(pen: Pen) -> None:
    pen.box(0, 420, WIDTH, 640, "#a9c6cc")
    for y in (460, 510, 570):
        pen.line((100, y), (420, y), fill="#c8dde0", width=6)
        pen.line((640, y + 20), (1080, y + 20), fill="#c8dde0", width=6)
    pen.box(0, 640, WIDTH, HEIGHT, "#b7b08a")
    pen.round(920, 250, 90, "#f5c86a")
    for y in (500, 560, 640):
        pen.box(280, y, 860, y + 34, "#8a5f3c", 8)
    for x in (330, 790):
        pen.box(x, 490, x + 24, 780, INK, 6)


def letters(pen: Pen) -> None:
    pen.table(180)
    for number in range(9):
        left, top = 150 + pen.rng.randint(-30, 40), 690 - number * 46
        pen.box(left, top, left + 420, top + 40, "#c99b62", 4)
        pen.box(left + 250, top + 10, left + 380, top + 28, "#efe2c8")
    for number in range(3):
        top = 690 - number * 46
        pen.box(720, top, 1060, top + 40, PAPER, 4)
    pen.round(890, 560, 26, TEAL)


def bus(pen: Pen) -> None:
    pen.box(0, 700, WIDTH, HEIGHT, "#8d8d8d")
    pen.box(0, 690, WIDTH, 712, "#d8d2c4")
    colour = pen.rng.choice((BRICK, TEAL, PLUM))
    pen.box(160, 240, 900, 690, colour, 36)
    for left in range(200, 860, 170):
        pen.box(left, 300, left + 130, 440, "#dfeef2", 10)
    pen.box(160, 500, 900, 524, PAPER)
    for x in (310, 750):
        pen.round(x, 690, 66, INK)
        pen.round(x, 690, 26, "#c9c9c9")
    pen.box(1030, 240, 1046, 712, INK)
    pen.box(980, 210, 1096, 300, WARM, 8)


def window(pen: Pen) -> None:
    pen.box(330, 90, 870, 560, PAPER, 8)
    pen.box(352, 112, 848, 538, "#bfdbe6")
    pen.shape(
        (352, 538), (352, 430), (520, 360), (680, 440), (848, 390), (848, 538), fill="#9bb98a"
    )
    pen.box(592, 112, 608, 538, PAPER)
    pen.table(760)
    for left in (300, 660):
        pen.box(left, 480, left + 200, 640, BRICK, 20)
        pen.box(left - 10, 640, left + 210, 690, "#8f3f2c", 12)
        pen.box(left + 10, 690, left + 30, 800, INK)
        pen.box(left + 170, 690, left + 190, 800, INK)
    pen.shape((980, 770), (1000, 660), (1100, 660), (1120, 770), fill="#c9744f")
    for tip in ((970, 470), (1050, 420), (1130, 480)):
        pen.shape((1040, 662), tip, (1064, 662), fill="#4c7a4a")


def garden(pen: Pen) -> None:
    pen.box(0, 520, WIDTH, HEIGHT, "#8c6a4a")
    pen.shape((120, 330), (330, 200), (540, 330), fill="#5b4636")
    pen.box(150, 330, 510, 640, "#4f7f5d")
    pen.box(280, 420, 390, 640, "#3c6349")
    for row in range(3):
        for x in range(600, 1160, 110):
            y = 560 + row * 120
            pen.line((x, y + 60), (x + 20, y - 90), fill="#d9c39a", width=6)
            for leaf in (-70, -40, -5):
                pen.round(x + 18 + (leaf % 3) * 9, y + leaf, 20, "#6fa45b")


def box(pen: Pen) -> None:
    pen.table(700)
    pen.box(560, 210, 580, 470, "#8a5f3c")
    pen.shape((500, 250), (520, 150), (620, 150), (640, 250), fill=BRICK)
    pen.shape((720, 480), (820, 330), (850, 350), (800, 480), fill=TEAL)
    pen.box(330, 460, 890, 760, "#c99b62", 6)
    pen.shape((330, 460), (250, 380), (560, 390), (610, 460), fill="#b5854e")
    pen.shape((890, 460), (970, 380), (700, 390), (610, 460), fill="#dab27c")
    pen.box(600, 460, 624, 760, "#e5d0a5")


SCENES: dict[str, Callable[[Pen], None]] = {
    scene.__name__: scene
    for scene in (kettle, board, keys, bench, letters, bus, window, garden, box)
}
