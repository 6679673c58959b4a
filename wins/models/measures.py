from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank, one_of
from wins.run_charts import RULE_SETS, Point, Reading, Rules, read_run_chart, read_xmr_chart

from .things import AboutAThing, about_one, seen_things

MEASURED = ("win", "practice", "experiment", "lab")


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, person) -> MeasureQuerySet:
        """Whoever sees the thing it is about."""
        return self.filter(seen_things(person, MEASURED))

    def for_detail(self) -> MeasureQuerySet:
        return self.select_related("win__author", "practice", "experiment__lab", "lab").defer(
            "win__search", "practice__search"
        )


class Measure(AboutAThing):
    """What is counted to see whether a small change made a difference, and how it is counted."""

    KINDS = MEASURED

    class Better(models.TextChoices):
        MORE = "more", "more is better"
        LESS = "less", "less is better"
        NEITHER = "neither", "neither, we want to know"

    class Chart(models.TextChoices):
        RUN = "run", "run chart: points around a median"
        XMR = "xmr", "XmR chart: points within limits"

    class RuleSet(models.TextChoices):
        EIGHT_SIX = "8_6", "a shift is 8 points in a row, a trend is 6"
        SEVEN_FIVE = "7_5", "a shift is 7, a trend is 5 (NHS Making Data Count)"

    win = models.ForeignKey(
        "wins.Win", null=True, blank=True, on_delete=models.CASCADE, related_name="measures"
    )
    practice = models.ForeignKey(
        "cohorts.Practice", null=True, blank=True, on_delete=models.CASCADE, related_name="measures"
    )
    experiment = models.ForeignKey(
        "labs.Experiment", null=True, blank=True, on_delete=models.CASCADE, related_name="measures"
    )
    lab = models.ForeignKey(
        "labs.Lab", null=True, blank=True, on_delete=models.CASCADE, related_name="measures"
    )
    counted = models.CharField("what is counted", max_length=120)
    unit = models.CharField(max_length=30)
    better = models.CharField("which way is good", max_length=7, choices=Better)
    definition = models.TextField("how it is counted", max_length=1000)
    chart = models.CharField(max_length=3, choices=Chart, default=Chart.RUN)
    rule_set = models.CharField(
        "when it is more than chance", max_length=3, choices=RuleSet, default=RuleSet.EIGHT_SIX
    )
    made_at = models.DateTimeField()
    # Goes up with each change of its words: an edit of an older one overwrites nothing.
    version = models.PositiveIntegerField(default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            about_one(MEASURED, name="measure_is_about_one_thing"),
            not_blank("counted", name="measure_says_what_is_counted"),
            not_blank("unit", name="measure_has_a_unit"),
            not_blank("definition", name="measure_says_how"),
            one_of("better", ["more", "less", "neither"], name="measure_better_known"),
            one_of("chart", ["run", "xmr"], name="measure_chart_known"),
            one_of("rule_set", ["8_6", "7_5"], name="measure_rule_set_known"),
        ]

    def __str__(self) -> str:
        return self.counted

    def get_absolute_url(self) -> str:
        return reverse("wins:measure", args=[self.pk])

    @property
    def rules(self) -> Rules:
        return RULE_SETS[self.rule_set]

    def reading(self, points: list[DataPoint]) -> Reading:
        """What its chart says of these points."""
        read = read_xmr_chart if self.chart == self.Chart.XMR else read_run_chart
        return read([Point(one.on, one.value, one.note) for one in points], self.rules)


class DataPoint(models.Model):
    """One figure of a measure on one day. `made_by` is who wrote it down."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="points")
    on = models.DateField("day")
    value = models.DecimalField("figure", max_digits=13, decimal_places=4)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "on"],
                name="data_point_one_a_day",
                violation_error_message="There is a figure for that day already. Change that one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value.normalize():f} on {self.on}"
