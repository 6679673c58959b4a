import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import wins.models.pulses
import wins.models.stories
import wins.models.wins
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cohorts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("labs", "0001_initial"),
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
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(max_length=200, verbose_name="who changed")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("behaviour", "behaviour: what they do by themselves"),
                            ("relationship", "relationship: who they work with, and how"),
                            ("action", "action: something they did"),
                            ("policy", "policy: what they have written down"),
                            ("practice", "practice: how they do it every time"),
                        ],
                        max_length=12,
                        verbose_name="what kind of change",
                    ),
                ),
                (
                    "what",
                    models.TextField(max_length=2000, verbose_name="what they do differently"),
                ),
                ("changed_on", models.DateField(blank=True, null=True, verbose_name="when")),
                ("where", models.CharField(blank=True, max_length=200)),
                (
                    "significance",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it matters"),
                ),
                (
                    "contribution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("witnessed", "It would have come anyway. We saw it."),
                            (
                                "helped",
                                "It would have come anyway. With us it came sooner or went better.",
                            ),
                            ("shared", "Several of us made it happen together. Each was needed."),
                            ("main", "Others helped. Without us it would hardly have come."),
                            ("decisive", "Without us it would not have come at all."),
                        ],
                        max_length=10,
                        verbose_name="how much of it was us",
                    ),
                ),
                (
                    "how_we_helped",
                    models.TextField(blank=True, max_length=2000, verbose_name="what we did"),
                ),
                (
                    "evidence",
                    models.TextField(blank=True, max_length=2000, verbose_name="how we know"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("formulated", "formulated"),
                            ("substantiated", "substantiated"),
                        ],
                        default="draft",
                        max_length=13,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("formulated_at", models.DateTimeField(blank=True, null=True)),
                ("substantiated_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "ordering": ["-formulated_at", "-id"],
                "indexes": [
                    models.Index(
                        models.F("formulated_at"),
                        models.F("id"),
                        condition=models.Q(
                            models.Q(("state", "draft"), _negated=True),
                            ("taken_back_at__isnull", True),
                        ),
                        name="outcome_newest",
                    ),
                    models.Index(
                        models.F("author"),
                        models.F("made_at"),
                        models.F("id"),
                        name="outcome_by_author",
                    ),
                    models.Index(
                        models.F("service"), models.F("formulated_at"), name="outcome_by_service"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", ""), _negated=True), name="outcome_says_who"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="outcome_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["", "behaviour", "relationship", "action", "policy", "practice"],
                            )
                        ),
                        name="outcome_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "contribution__in",
                                ["", "witnessed", "helped", "shared", "main", "decisive"],
                            )
                        ),
                        name="outcome_contribution_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "formulated", "substantiated"])),
                        name="outcome_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("formulated_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("changed_on__isnull", False),
                                ("formulated_at__isnull", False),
                                models.Q(("kind", ""), _negated=True),
                                models.Q(("where", ""), _negated=True),
                                models.Q(("significance", ""), _negated=True),
                                models.Q(("contribution", ""), _negated=True),
                                models.Q(("how_we_helped", ""), _negated=True),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outcome_formulated_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "substantiated"), ("substantiated_at__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "substantiated"), _negated=True),
                                ("substantiated_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="outcome_substantiated_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), _negated=True),
                            ("taken_back_at__isnull", True),
                            _connector="OR",
                        ),
                        name="outcome_draft_is_not_taken_back",
                    ),
                ],
            },
        ),
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
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("wins", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="search_word_alike", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SelectionRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=160, verbose_name="kind of change")),
                (
                    "about",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what is meant by it"
                    ),
                ),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="to")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("open", "open for stories"),
                            ("first", "with the first panel"),
                            ("second", "with the second panel"),
                            ("finished", "chosen"),
                            ("called_off", "called off"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("since", models.DateTimeField(verbose_name="in its state since")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "round of most significant changes",
                "verbose_name_plural": "rounds of most significant changes",
                "ordering": ["-made_at", "-id"],
                "indexes": [models.Index(fields=["made_at", "id"], name="selection_round_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("domain", ""), _negated=True),
                        name="selection_round_names_its_domain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "open", "first", "second", "finished", "called_off"],
                            )
                        ),
                        name="selection_round_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="selection_round_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "called_off"]),
                            ("opened_at__isnull", False),
                            _connector="OR",
                        ),
                        name="selection_round_opened_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="in a few words")),
                (
                    "words",
                    models.TextField(
                        max_length=6000, verbose_name="what happened, and what changed"
                    ),
                ),
                (
                    "why_i_stay",
                    models.TextField(blank=True, max_length=2000, verbose_name="why I stay"),
                ),
                (
                    "to_who_starts",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="what I would tell somebody who starts",
                    ),
                ),
                (
                    "photo",
                    models.FileField(blank=True, upload_to=wins.models.stories.story_photo_name),
                ),
                ("photo_width", models.PositiveIntegerField(blank=True, null=True)),
                ("photo_height", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "photo_alt",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="what the photo shows"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("published", "published"),
                            ("taken_back", "taken back"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
                "ordering": ["-published_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["published_at", "id"],
                        name="story_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="story_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="story_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "taken_back"])),
                        name="story_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="story_published_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("photo", ""),
                                ("photo_height__isnull", True),
                                ("photo_width__isnull", True),
                            ),
                            models.Q(
                                models.Q(("photo", ""), _negated=True),
                                ("photo_height__isnull", False),
                                ("photo_width__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="story_photo_has_its_size",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("photo", ""), _negated=True),
                        fields=("photo",),
                        name="story_photo_is_its_own",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThankYou",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a yes"),
                            ("shown", "shown"),
                            ("kept", "kept between you"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "shown_to",
                    models.CharField(
                        blank=True,
                        choices=[("service", "my service"), ("everyone", "everyone here")],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "thank you",
                "verbose_name_plural": "thank yous",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="thank_you_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="thank_you_is_for_somebody_else",
                        violation_error_message="Choose somebody else to thank.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "shown"), models.Q(("shown_to", ""), _negated=True)),
                            models.Q(models.Q(("state", "shown"), _negated=True), ("shown_to", "")),
                            _connector="OR",
                        ),
                        name="thank_you_shown_to_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "shown", "kept"])),
                        name="thank_you_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Win",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what_happened", models.TextField(max_length=4000)),
                (
                    "made_hard",
                    models.TextField(blank=True, max_length=4000, verbose_name="what made it hard"),
                ),
                (
                    "what_changed",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what changed, and for whom"
                    ),
                ),
                (
                    "lens",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("me", "me and how I work"),
                            ("organisation", "my organisation"),
                            ("system", "the wider system"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "depth",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("one_off", "one-off help"),
                            ("flex", "flex: a rule bent kindly"),
                            ("agreed", "agreed practice"),
                            ("written", "written policy"),
                            ("sustained", "goes on without me"),
                        ],
                        max_length=12,
                        verbose_name="how deep it went",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("only_me", "only me"),
                            ("service", "my service"),
                            ("cohort", "my cohort"),
                            ("everyone", "everyone here"),
                        ],
                        max_length=10,
                        verbose_name="seen by",
                    ),
                ),
                ("happened_on", models.DateField(blank=True, null=True, verbose_name="when")),
                ("photo", models.FileField(blank=True, upload_to=wins.models.wins.photo_name)),
                ("photo_width", models.PositiveIntegerField(blank=True, null=True)),
                ("photo_height", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "photo_alt",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="what the photo shows"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("logged", "logged"),
                            ("taken_back", "taken back"),
                            ("set_aside", "set aside"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("logged_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("touched_at", models.DateTimeField()),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.SearchVector(
                                    "what_happened", config="english", weight="A"
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    "what_changed", config="english", weight="B"
                                ),
                                django.contrib.postgres.search.SearchConfig("english"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "made_hard", config="english", weight="C"
                            ),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wins",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wins",
                        to="cohorts.service",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="wins", to="cohorts.theme"),
                ),
            ],
            options={
                "verbose_name": "small win",
                "ordering": ["-logged_at", "-id"],
                "indexes": [
                    models.Index(
                        models.F("logged_at"),
                        models.F("id"),
                        condition=models.Q(("state", "logged")),
                        name="win_newest",
                    ),
                    models.Index(
                        models.F("author"),
                        models.F("logged_at"),
                        models.F("id"),
                        name="win_by_author",
                    ),
                    models.Index(
                        models.F("service"),
                        models.F("logged_at"),
                        models.F("id"),
                        name="win_by_service",
                    ),
                    models.Index(
                        models.F("cohort"),
                        models.F("logged_at"),
                        models.F("id"),
                        name="win_by_cohort",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["search"], name="win_search"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what_happened", ""), _negated=True),
                        name="win_says_what_happened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("logged_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("logged_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="win_logged_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "service"), _negated=True),
                            ("service__isnull", False),
                            _connector="OR",
                        ),
                        name="win_for_a_service_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "cohort"), _negated=True),
                            ("cohort__isnull", False),
                            _connector="OR",
                        ),
                        name="win_for_a_cohort_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("photo", ""),
                                ("photo_height__isnull", True),
                                ("photo_width__isnull", True),
                            ),
                            models.Q(
                                models.Q(("photo", ""), _negated=True),
                                ("photo_height__isnull", False),
                                ("photo_width__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="win_photo_has_its_size",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("photo", ""), _negated=True),
                        fields=("photo",),
                        name="win_photo_is_its_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lens__in", ["", "me", "organisation", "system"])),
                        name="win_lens_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("depth__in", ["", "one_off", "flex", "agreed", "written", "sustained"])
                        ),
                        name="win_depth_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visibility__in", ["only_me", "service", "cohort", "everyone"])
                        ),
                        name="win_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "logged", "taken_back", "set_aside"])
                        ),
                        name="win_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=7)),
                (
                    "meets_on",
                    models.DateField(blank=True, null=True, verbose_name="the board meets on"),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="words to begin with"
                    ),
                ),
                (
                    "chosen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        size=None,
                        verbose_name="stories chosen",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("issued", "issued")],
                        default="draft",
                        max_length=6,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("as_it_was", models.JSONField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cohorts.board",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_papers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "board paper",
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(fields=["made_at", "id"], name="board_paper_newest"),
                    models.Index(fields=["board", "made_at", "id"], name="board_paper_of_board"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "issued"])),
                        name="board_paper_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="board_paper_issued_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("as_it_was__isnull", False),
                                ("issued_at__isnull", False),
                                ("state", "issued"),
                            ),
                            models.Q(
                                ("as_it_was__isnull", True),
                                ("issued_at__isnull", True),
                                ("state", "draft"),
                            ),
                            _connector="OR",
                        ),
                        name="board_paper_issued_is_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__regex", "^20\\d\\d(-q[1-4])?$")),
                        name="board_paper_period_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen__len__lte", 3)),
                        name="board_paper_three_stories",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.TextField(max_length=2000, verbose_name="why it matters to me")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waiting for a yes"),
                            ("standing", "put forward"),
                            ("declined", "not put forward"),
                            ("taken_out", "taken out"),
                            ("published", "published"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "nominated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="wins.selectionround",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="wins.story",
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "verbose_name": "nomination",
                "ordering": ["made_at", "id"],
                "indexes": [models.Index(fields=["teller", "state"], name="nomination_by_teller")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="nomination_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["asked", "standing", "declined", "taken_out", "published"],
                            )
                        ),
                        name="nomination_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("story__isnull", True), ("win__isnull", False)),
                            models.Q(("story__isnull", False), ("win__isnull", True)),
                            _connector="OR",
                        ),
                        name="nomination_of_a_win_or_a_story",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "declined", "taken_out"]),
                            ("consented_at__isnull", False),
                            _connector="OR",
                        ),
                        name="nomination_put_forward_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", False), ("state", "published")),
                            models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_published_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["declined", "taken_out"]), _negated=True),
                        fields=("round", "win"),
                        name="nomination_of_a_win_once_a_round",
                        violation_error_message="This has been put forward in this round already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["declined", "taken_out"]), _negated=True),
                        fields=("round", "story"),
                        name="nomination_of_a_story_once_a_round",
                        violation_error_message="This has been put forward in this round already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "first panel"), (2, "second panel")], verbose_name="panel"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="panel_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="wins.selectionround",
                    ),
                ),
            ],
            options={
                "verbose_name": "place on a panel",
                "verbose_name_plural": "places on panels",
                "ordering": ["level", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "person"),
                        name="panel_seat_one_a_person",
                        violation_error_message="They are on one of the two panels already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", [1, 2])), name="panel_seat_level_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Substantiation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "connection",
                    models.CharField(max_length=200, verbose_name="how they know of it"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("answered", "answered"),
                            ("called_off", "called off"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agree", "agrees"),
                            ("partly", "agrees in part"),
                            ("disagree", "does not agree"),
                        ],
                        max_length=8,
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substantiations_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substantiations",
                        to="wins.outcome",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question to somebody who knows",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="substantiation_is_by_somebody_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("connection", ""), _negated=True),
                        name="substantiation_says_how_they_know",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "called_off"])),
                        name="substantiation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["", "agree", "partly", "disagree"])),
                        name="substantiation_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answered_at__isnull", True),
                                ("comment", ""),
                                ("verdict", ""),
                            ),
                            _connector="OR",
                        ),
                        name="substantiation_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="substantiation_asked_at_an_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("outcome", "email"),
                        name="substantiation_asked_once",
                        violation_error_message="They have been asked already. Wait for their answer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RippleSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("root", models.CharField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[("going", "going on"), ("ended", "ended")],
                        default="going",
                        max_length=5,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cohorts.commitment",
                    ),
                ),
                (
                    "experiment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="labs.experiment",
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripple_sessions",
                        to="labs.lab",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cohorts.peermeeting",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cohorts.practice",
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "verbose_name": "ripple session",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", True),
                                ("meeting__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", False),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("win-"),
                                        django.db.models.functions.comparison.Cast(
                                            "win_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", True),
                                ("meeting__isnull", True),
                                ("practice__isnull", False),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("practice-"),
                                        django.db.models.functions.comparison.Cast(
                                            "practice_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", True),
                                ("meeting__isnull", False),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("meeting-"),
                                        django.db.models.functions.comparison.Cast(
                                            "meeting_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", False),
                                ("experiment__isnull", True),
                                ("meeting__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("commitment-"),
                                        django.db.models.functions.comparison.Cast(
                                            "commitment_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", False),
                                ("meeting__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("experiment-"),
                                        django.db.models.functions.comparison.Cast(
                                            "experiment_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ripple_session_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["going", "ended"])),
                        name="ripple_session_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "going")),
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            _connector="OR",
                        ),
                        name="ripple_session_ended_at_a_time",
                    ),
                    models.UniqueConstraint(
                        fields=("lab", "root"),
                        name="ripple_session_once_a_lab",
                        violation_error_message="Your lab looks at this already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted", models.CharField(max_length=120, verbose_name="what is counted")),
                ("unit", models.CharField(max_length=30)),
                (
                    "better",
                    models.CharField(
                        choices=[
                            ("more", "more is better"),
                            ("less", "less is better"),
                            ("neither", "neither, we want to know"),
                        ],
                        max_length=7,
                        verbose_name="which way is good",
                    ),
                ),
                ("definition", models.TextField(max_length=1000, verbose_name="how it is counted")),
                (
                    "chart",
                    models.CharField(
                        choices=[
                            ("run", "run chart: points around a median"),
                            ("xmr", "XmR chart: points within limits"),
                        ],
                        default="run",
                        max_length=3,
                    ),
                ),
                (
                    "rule_set",
                    models.CharField(
                        choices=[
                            ("8_6", "a shift is 8 points in a row, a trend is 6"),
                            ("7_5", "a shift is 7, a trend is 5 (NHS Making Data Count)"),
                        ],
                        default="8_6",
                        max_length=3,
                        verbose_name="when it is more than chance",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "experiment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="labs.experiment",
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="labs.lab",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="cohorts.practice",
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("experiment__isnull", True),
                                ("lab__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", False),
                            ),
                            models.Q(
                                ("experiment__isnull", True),
                                ("lab__isnull", True),
                                ("practice__isnull", False),
                                ("win__isnull", True),
                            ),
                            models.Q(
                                ("experiment__isnull", False),
                                ("lab__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                            ),
                            models.Q(
                                ("experiment__isnull", True),
                                ("lab__isnull", False),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted", ""), _negated=True),
                        name="measure_says_what_is_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit", ""), _negated=True), name="measure_has_a_unit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("definition", ""), _negated=True),
                        name="measure_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("better__in", ["more", "less", "neither"])),
                        name="measure_better_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chart__in", ["run", "xmr"])),
                        name="measure_chart_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rule_set__in", ["8_6", "7_5"])),
                        name="measure_rule_set_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=2000)),
                ("made_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="comment_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hidden_at__isnull", True), ("hidden_by__isnull", True)),
                            models.Q(("hidden_at__isnull", False), ("hidden_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_hidden_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden_at__isnull", True),
                            models.Q(("hidden_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_hidden_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appreciation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("thank", "Thank you"),
                            ("celebrate", "Celebrate"),
                            ("try", "I’ll try this"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appreciations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appreciations",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("win", "person", "kind"), name="appreciation_once_of_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["thank", "celebrate", "try"])),
                        name="appreciation_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WinHelper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpers",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("person__isnull", False)),
                            models.Q(
                                ("person__isnull", True), models.Q(("name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="helper_is_a_person_or_a_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("win", "person"),
                        name="helper_named_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Worry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("names", "It could show who a service user is"),
                            ("not_ours", "It is not theirs to tell"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("raised_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "waiting for programme staff"), ("answered", "answered")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Leave the win as it is"),
                            ("set_aside", "Set the win aside until its author has changed it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="worries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="worries",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "verbose_name": "worry",
                "verbose_name_plural": "worries",
                "ordering": ["raised_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="worry_answered_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True), ("outcome", ""), ("state", "open")
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="worry_answered_in_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("win", "raised_by"),
                        name="worry_one_open_each",
                        violation_error_message="You have already told programme staff about this win.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["names", "not_ours", "other"])),
                        name="worry_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "left", "set_aside"])),
                        name="worry_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "first panel"), (2, "second panel")], verbose_name="panel"
                    ),
                ),
                ("reason", models.TextField(max_length=3000, verbose_name="why this one")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed", "agreed"),
                            ("taken_back", "taken back"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="wins.nomination",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="wins.selectionround",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of a panel",
                "verbose_name_plural": "choices of panels",
                "ordering": ["level", "proposed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="panel_choice_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "agreed", "taken_back"])),
                        name="panel_choice_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", [1, 2])), name="panel_choice_level_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="panel_choice_agreed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", False), ("state", "agreed")),
                            models.Q(
                                models.Q(("state", "agreed"), _negated=True),
                                ("agreed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="panel_choice_agreed_when_it_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by__isnull", True),
                            models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="panel_choice_nobody_decides_alone",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken_back"), _negated=True),
                        fields=("nomination", "level"),
                        name="panel_choice_once_a_panel",
                        violation_error_message="Somebody of your panel has proposed this one already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("level", 2), ("state", "agreed")),
                        fields=("round",),
                        name="panel_choice_one_in_the_end",
                        violation_error_message="Your panel has chosen already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ripple",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("root", models.CharField(max_length=32)),
                ("what", models.TextField(max_length=1000, verbose_name="what it led to")),
                (
                    "who",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="who did it, or felt it"
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="when")),
                (
                    "meant",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meant", "meant to happen"),
                            ("not_meant", "not meant to happen"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "worth",
                    models.CharField(
                        blank=True,
                        choices=[("good", "good"), ("bad", "bad")],
                        max_length=4,
                        verbose_name="good or bad",
                    ),
                ),
                (
                    "lasting",
                    models.CharField(
                        blank=True,
                        choices=[("going_on", "still going on"), ("stopped", "stopped")],
                        max_length=8,
                        verbose_name="going on or stopped",
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("transactional", "transactional: somebody got something done"),
                            ("transitional", "transitional: we work better in the way we have"),
                            ("transformational", "transformational: there is a new way"),
                        ],
                        max_length=16,
                        verbose_name="how deep a change",
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("shown", "shown"), ("taken_back", "taken back")],
                        default="shown",
                        max_length=10,
                    ),
                ),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripples",
                        to="cohorts.commitment",
                    ),
                ),
                (
                    "experiment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripples",
                        to="labs.experiment",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripples",
                        to="cohorts.peermeeting",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="led_to",
                        to="wins.ripple",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripples",
                        to="cohorts.practice",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ripples",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripples",
                        to="wins.ripplesession",
                    ),
                ),
                (
                    "win",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ripples",
                        to="wins.win",
                    ),
                ),
            ],
            options={
                "verbose_name": "ripple",
                "ordering": ["-told_at", "-id"],
                "indexes": [
                    models.Index(models.F("root"), models.F("id"), name="ripple_chain"),
                    models.Index(
                        models.F("told_at"),
                        models.F("id"),
                        condition=models.Q(("state", "shown")),
                        name="ripple_newest",
                    ),
                    models.Index(
                        models.F("told_by"),
                        models.F("told_at"),
                        models.F("id"),
                        name="ripple_by_teller",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="ripple_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", True),
                                ("meeting__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", False),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("win-"),
                                        django.db.models.functions.comparison.Cast(
                                            "win_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", True),
                                ("meeting__isnull", True),
                                ("practice__isnull", False),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("practice-"),
                                        django.db.models.functions.comparison.Cast(
                                            "practice_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", True),
                                ("meeting__isnull", False),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("meeting-"),
                                        django.db.models.functions.comparison.Cast(
                                            "meeting_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", False),
                                ("experiment__isnull", True),
                                ("meeting__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("commitment-"),
                                        django.db.models.functions.comparison.Cast(
                                            "commitment_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("commitment__isnull", True),
                                ("experiment__isnull", False),
                                ("meeting__isnull", True),
                                ("practice__isnull", True),
                                ("win__isnull", True),
                                (
                                    "root",
                                    django.db.models.functions.text.Concat(
                                        models.Value("experiment-"),
                                        django.db.models.functions.comparison.Cast(
                                            "experiment_id", models.TextField()
                                        ),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ripple_begins_with_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent__lt", models.F("id"))),
                        name="ripple_follows_what_was_there",
                    ),
                    models.UniqueConstraint(fields=("id", "root"), name="ripple_of_one_chain"),
                    models.CheckConstraint(
                        condition=models.Q(("meant__in", ["", "meant", "not_meant"])),
                        name="ripple_meant_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("worth__in", ["", "good", "bad"])),
                        name="ripple_worth_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lasting__in", ["", "going_on", "stopped"])),
                        name="ripple_lasting_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "change__in",
                                ["", "transactional", "transitional", "transformational"],
                            )
                        ),
                        name="ripple_change_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["shown", "taken_back"])),
                        name="ripple_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True), ("taken_back_by__isnull", True)
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False), ("taken_back_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="ripple_taken_back_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "shown"), ("taken_back_at__isnull", True)),
                            models.Q(("state", "taken_back"), ("taken_back_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ripple_taken_back_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "value",
                    models.DecimalField(decimal_places=4, max_digits=13, verbose_name="figure"),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="wins.measure",
                    ),
                ),
            ],
            options={
                "ordering": ["on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "on"),
                        name="data_point_one_a_day",
                        violation_error_message="There is a figure for that day already. Change that one.",
                    )
                ],
            },
        ),
    ]
