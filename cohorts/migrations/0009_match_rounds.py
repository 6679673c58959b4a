import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cohorts", "0008_practices"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoNotPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "somebody not to be paired with",
                "ordering": ["other__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("by_hand", models.BooleanField(default=False, verbose_name="changed by hand")),
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "match",
                "verbose_name_plural": "matches",
                "ordering": ["round", "number"],
            },
        ),
        migrations.CreateModel(
            name="MatchPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="until and with")),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "pause from match rounds",
            },
        ),
        migrations.CreateModel(
            name="MatchPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "left_out",
                    models.CharField(blank=True, max_length=200, verbose_name="why left out"),
                ),
            ],
            options={
                "verbose_name": "place in a match round",
                "ordering": ["round", "match__number", "id"],
            },
        ),
        migrations.CreateModel(
            name="MatchRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "question",
                    models.TextField(max_length=500, verbose_name="the question to compare"),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("cohort", "everybody in one cohort"),
                            ("place", "people of one place who are open to meet"),
                            ("everyone", "everybody here who is open to meet"),
                        ],
                        max_length=10,
                        verbose_name="who",
                    ),
                ),
                ("size", models.PositiveSmallIntegerField(default=2, verbose_name="how many meet")),
                ("seed", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("previewed", "ready to look at"),
                            ("sent", "sent"),
                            ("called_off", "called off"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("previewed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "match round",
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="can_show",
            field=models.TextField(
                blank=True, max_length=500, verbose_name="what I can show others"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="meeting_answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="open_to_meet",
            field=models.BooleanField(default=False, verbose_name="people may ask to meet me"),
        ),
        migrations.AddField(
            model_name="person",
            name="themes",
            field=models.ManyToManyField(blank=True, related_name="people", to="cohorts.theme"),
        ),
        migrations.AddField(
            model_name="person",
            name="wants_to_see",
            field=models.TextField(
                blank=True, max_length=500, verbose_name="what I would like to see"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("open_to_meet", True)),
                fields=["name", "id"],
                name="person_to_meet",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    "can_show", "wants_to_see", config="english"
                ),
                name="person_by_what_they_show",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("open_to_meet", False), ("meeting_answered_at__isnull", False), _connector="OR"
                ),
                name="person_open_to_meet_said_so",
            ),
        ),
        migrations.AddField(
            model_name="donotpair",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="donotpair",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="not_paired_with",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="match",
                to="cohorts.peermeeting",
            ),
        ),
        migrations.AddField(
            model_name="matchpause",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="match_pause",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matchplace",
            name="match",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="places",
                to="cohorts.match",
            ),
        ),
        migrations.AddField(
            model_name="matchplace",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="match_places",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matchround",
            name="called_off_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matchround",
            name="cohort",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="cohorts.cohort",
            ),
        ),
        migrations.AddField(
            model_name="matchround",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="match_rounds_made",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matchround",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.place",
            ),
        ),
        migrations.AddField(
            model_name="matchround",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matchplace",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="places",
                to="cohorts.matchround",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matches",
                to="cohorts.matchround",
            ),
        ),
        migrations.AddConstraint(
            model_name="donotpair",
            constraint=models.UniqueConstraint(
                fields=("person", "other"),
                name="do_not_pair_once",
                violation_error_message="They are on your list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="donotpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("other")), _negated=True),
                name="do_not_pair_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="match_round_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True),
                name="match_round_has_a_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(("whom__in", ["cohort", "place", "everyone"])),
                name="match_round_whom_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cohort__isnull", False), ("place__isnull", True), ("whom", "cohort")
                    ),
                    models.Q(("cohort__isnull", True), ("place__isnull", False), ("whom", "place")),
                    models.Q(
                        ("cohort__isnull", True), ("place__isnull", True), ("whom", "everyone")
                    ),
                    _connector="OR",
                ),
                name="match_round_names_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__in", [2, 3])), name="match_round_of_two_or_three"
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "previewed", "sent", "called_off"])),
                name="match_round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                    _connector="OR",
                ),
                name="match_round_sent_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                    models.Q(("called_off_at__isnull", False), ("called_off_by__isnull", False)),
                    _connector="OR",
                ),
                name="match_round_called_off_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("called_off_at__isnull", True),
                        ("sent_at__isnull", True),
                        ("state", "draft"),
                    ),
                    models.Q(
                        ("called_off_at__isnull", True),
                        ("previewed_at__isnull", False),
                        ("sent_at__isnull", True),
                        ("state", "previewed"),
                    ),
                    models.Q(
                        ("called_off_at__isnull", True),
                        ("sent_at__isnull", False),
                        ("state", "sent"),
                    ),
                    models.Q(
                        ("called_off_at__isnull", False),
                        ("sent_at__isnull", True),
                        ("state", "called_off"),
                    ),
                    _connector="OR",
                ),
                name="match_round_state_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchplace",
            constraint=models.UniqueConstraint(
                fields=("round", "person"), name="match_place_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="matchplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_out", ""), ("match__isnull", False)),
                    models.Q(("match__isnull", True), models.Q(("left_out", ""), _negated=True)),
                    _connector="OR",
                ),
                name="match_place_or_the_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(
                condition=models.Q(("told_at", None)),
                fields=["round", "number"],
                name="match_to_tell",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                fields=("round", "number"), name="match_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(fields=("id", "round"), name="match_of_its_round"),
        ),
        # A place points at a match of its own round, or at none.
        migrations.RunSQL(
            "ALTER TABLE cohorts_matchplace ADD CONSTRAINT match_place_of_its_round "
            "FOREIGN KEY (match_id, round_id) REFERENCES cohorts_match (id, round_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE cohorts_matchplace DROP CONSTRAINT match_place_of_its_round",
        ),
    ]
