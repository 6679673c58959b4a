from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0005_pulse"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImpactCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("looked_at", models.DateTimeField()),
                ("counted_at", models.DateTimeField()),
                ("took", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="impact_count_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("everyone", "everyone"),
                            ("organisation", "organisation"),
                            ("service", "service"),
                            ("cohort", "cohort"),
                        ],
                        max_length=12,
                    ),
                ),
                ("unit_id", models.PositiveBigIntegerField(default=0)),
                ("period", models.CharField(max_length=7)),
                ("measure", models.CharField(max_length=20)),
                ("split", models.CharField(blank=True, max_length=10)),
                ("value", models.CharField(blank=True, max_length=20)),
                ("shown", models.BooleanField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "unit_id", "period", "measure", "split", "value"),
                        name="impact_figure_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", False), ("shown", True)),
                            models.Q(("amount__isnull", True), ("shown", False)),
                            _connector="OR",
                        ),
                        name="impact_figure_held_back_has_no_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__in", ["everyone", "organisation", "service", "cohort"])
                        ),
                        name="impact_unit_known",
                    ),
                ],
            },
        ),
    ]
