import django.db.models.deletion
import wins.models.stories
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0003_ripples"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            },
        ),
        migrations.AddField(
            model_name="nomination",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="nominations",
                to="wins.selectionround",
            ),
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
            },
        ),
        migrations.AddField(
            model_name="nomination",
            name="story",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="nominations",
                to="wins.story",
            ),
        ),
        migrations.AddIndex(
            model_name="selectionround",
            index=models.Index(fields=["made_at", "id"], name="selection_round_newest"),
        ),
        migrations.AddConstraint(
            model_name="selectionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain", ""), _negated=True),
                name="selection_round_names_its_domain",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "open", "first", "second", "finished", "called_off"])
                ),
                name="selection_round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("starts"))),
                name="selection_round_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "called_off"]),
                    ("opened_at__isnull", False),
                    _connector="OR",
                ),
                name="selection_round_opened_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelseat",
            constraint=models.UniqueConstraint(
                fields=("round", "person"),
                name="panel_seat_one_a_person",
                violation_error_message="They are on one of the two panels already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [1, 2])), name="panel_seat_level_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="panel_choice_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "agreed", "taken_back"])),
                name="panel_choice_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [1, 2])), name="panel_choice_level_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                    _connector="OR",
                ),
                name="panel_choice_agreed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", False), ("state", "agreed")),
                    models.Q(
                        models.Q(("state", "agreed"), _negated=True), ("agreed_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="panel_choice_agreed_when_it_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_by__isnull", True),
                    models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="panel_choice_nobody_decides_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "taken_back"), _negated=True),
                fields=("nomination", "level"),
                name="panel_choice_once_a_panel",
                violation_error_message="Somebody of your panel has proposed this one already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("level", 2), ("state", "agreed")),
                fields=("round",),
                name="panel_choice_one_in_the_end",
                violation_error_message="Your panel has chosen already.",
            ),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["published_at", "id"],
                name="story_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="story_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="story_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "taken_back"])),
                name="story_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("state", "draft")),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True), ("published_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="story_published_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("photo", ""), ("photo_height__isnull", True), ("photo_width__isnull", True)
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
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.UniqueConstraint(
                condition=models.Q(("photo", ""), _negated=True),
                fields=("photo",),
                name="story_photo_is_its_own",
            ),
        ),
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(fields=["teller", "state"], name="nomination_by_teller"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="nomination_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "standing", "declined", "taken_out", "published"])
                ),
                name="nomination_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("story__isnull", True), ("win__isnull", False)),
                    models.Q(("story__isnull", False), ("win__isnull", True)),
                    _connector="OR",
                ),
                name="nomination_of_a_win_or_a_story",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "declined", "taken_out"]),
                    ("consented_at__isnull", False),
                    _connector="OR",
                ),
                name="nomination_put_forward_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["declined", "taken_out"]), _negated=True),
                fields=("round", "win"),
                name="nomination_of_a_win_once_a_round",
                violation_error_message="This has been put forward in this round already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["declined", "taken_out"]), _negated=True),
                fields=("round", "story"),
                name="nomination_of_a_story_once_a_round",
                violation_error_message="This has been put forward in this round already.",
            ),
        ),
    ]
