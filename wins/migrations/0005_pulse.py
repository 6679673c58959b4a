import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wins.models.pulses


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_initial"),
        ("wins", "0004_stories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PulseAnswer",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=wins.models.pulses.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("round", models.DateField(verbose_name="first day of the quarter")),
                ("condition", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["round", "condition"], name="pulse_by_round")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("condition__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
                        ),
                        name="pulse_condition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", [0, 1, 2, 3, 4, 5])),
                        name="pulse_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service__isnull", True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="pulse_service_with_its_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PulseTurn",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=wins.models.pulses.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("round", models.DateField(verbose_name="first day of the quarter")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pulse_turns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "person"),
                        name="pulse_once_a_round",
                        violation_error_message="You have answered this time. Each person answers once.",
                    )
                ],
            },
        ),
    ]
