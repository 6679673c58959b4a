"""What a chart says, as sentences: they stand before it, and can be read without it."""

from __future__ import annotations

from wins.charts import day_words, figure
from wins.models import Measure
from wins.run_charts import BASELINE, Reading, Signal


def in_words(measure: Measure, reading: Reading) -> list[str]:
    """Two to many short sentences: how much there is, the middle, and each signal with what it means."""
    many = len(reading.points)
    if not many:
        return ["There are no figures yet."]
    last = reading.points[-1]
    said = [f"The newest figure is {figure(last.value)} {measure.unit}, on {day_words(last.on)}."]
    if reading.middle is None:
        missing = BASELINE - many
        return [
            *said,
            f"{missing} more {'figure is' if missing == 1 else 'figures are'} needed before the chart "
            "can tell change from chance.",
        ]
    if reading.lower is not None and reading.upper is not None:
        middle, lower, upper = (
            figure(round(one, 2)) for one in (reading.middle, reading.lower, reading.upper)
        )
        said.append(
            f"The mean is {middle}. Points between {lower} and {upper} are its usual ups and downs."
        )
    else:
        said.append(f"The median of the first {BASELINE} figures is {figure(reading.middle)}.")
    if not reading.signals:
        return [*said, "So far all of it may be chance."]
    return said + [_signal(measure, reading, one) for one in reading.signals]


def _signal(measure: Measure, reading: Reading, one: Signal) -> str:
    first, last = reading.points[one.first], reading.points[one.last]
    when = f"From {day_words(first.on)} to {day_words(last.on)}"
    if one.kind == "outside":
        side = "above" if one.up else "below"
        what = f"The figure of {day_words(first.on)} lies {side} the limits"
    elif one.kind == "shift":
        side = "above" if one.up else "below"
        middle = "mean" if measure.chart == Measure.Chart.XMR else "median"
        what = f"{when} the figures stay {side} the {middle}"
    else:
        what = f"{when} every figure is {'higher' if one.up else 'lower'} than the one before"
    return f"{what}: that is more than chance. {_good(measure, one.up)}".rstrip()


def _good(measure: Measure, up: bool) -> str:
    if measure.better == Measure.Better.NEITHER:
        return ""
    wanted = up == (measure.better == Measure.Better.MORE)
    return "It is the way you want it to go." if wanted else "It is not the way you want it to go."
