import cohorts.models.deputyships
import cohorts.models.time_requests
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("kernel", "0001_extensions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="organisation_named_once",
                        violation_error_message="That organisation is already here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="organisation_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="place_named_once",
                        violation_error_message="That place is already here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="place_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("slug", models.SlugField(max_length=60, unique=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="theme_named_once",
                        violation_error_message="That theme is already here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="theme_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("applications_close_on", models.DateField(blank=True, null=True)),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="what it is")),
                (
                    "asks",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what it asks of you"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="cohorts.place",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="cohort_has_a_name"
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="cohort_named_once",
                        violation_error_message="A cohort of that name is already here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="cohort_ends_after_it_starts",
                        violation_error_message="The cohort can’t end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applications_close_on__isnull", True),
                            ("ends__isnull", True),
                            ("applications_close_on__lte", models.F("ends")),
                            _connector="OR",
                        ),
                        name="cohort_applications_close_before_it_ends",
                        violation_error_message="Applications can’t close after the cohort has ended.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Somebody here already has that e-mail address."},
                        max_length=254,
                        unique=True,
                        verbose_name="e-mail address",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "about",
                    models.TextField(blank=True, max_length=1000, verbose_name="about your work"),
                ),
                ("is_staff", models.BooleanField(default=False, verbose_name="administrator")),
                ("is_active", models.BooleanField(default=True, verbose_name="account is open")),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "by_code_card",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="came by a code card"
                    ),
                ),
                (
                    "hears_by_email",
                    models.BooleanField(
                        default=True, verbose_name="e-mail me when something is for me"
                    ),
                ),
                (
                    "shows_email",
                    models.BooleanField(
                        default=False, verbose_name="show my e-mail address to people here"
                    ),
                ),
                (
                    "open_to_meet",
                    models.BooleanField(default=False, verbose_name="people may ask to meet me"),
                ),
                (
                    "meeting_answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "can_show",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="what I can show others"
                    ),
                ),
                (
                    "wants_to_see",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="what I would like to see"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="people", to="cohorts.theme"),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name", "id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name"), "gin_trgm_ops"
                        ),
                        name="person_by_name",
                    ),
                    models.Index(fields=["name", "id"], name="person_in_order"),
                    models.Index(
                        condition=models.Q(("open_to_meet", True)),
                        fields=["name", "id"],
                        name="person_to_meet",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector(
                            "can_show", "wants_to_see", config="english"
                        ),
                        name="person_by_what_they_show",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="person_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True), ("is_active", False), _connector="OR"
                        ),
                        name="person_who_left_is_not_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_code_card", False),
                            models.Q(
                                ("email__endswith", ".invalid"),
                                ("hears_by_email", False),
                                ("is_staff", False),
                                ("open_to_meet", False),
                            ),
                            _connector="OR",
                        ),
                        name="person_by_code_card_has_no_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="person_email_is_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("open_to_meet", False),
                            ("meeting_answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="person_open_to_meet_said_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="cohorts.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="cohorts.place",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("name"),
                        name="service_named_once",
                        violation_error_message="That organisation already has a service of this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="service_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("people_added", models.PositiveIntegerField(default=0)),
                ("people_invited", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="InvitationList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lines", models.JSONField(default=list)),
                ("unused", models.JSONField(default=list, verbose_name="columns we don’t use")),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("letters_sent", models.PositiveIntegerField(default=0)),
                ("people_asked", models.PositiveIntegerField(default=0)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitation_lists",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitation_lists",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation list",
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Leader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                (
                    "portfolio",
                    models.CharField(help_text="As “lead for homelessness”.", max_length=160),
                ),
                (
                    "meetings_a_month",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="meetings a month they can give"
                    ),
                ),
                (
                    "welcome",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what they would like to hear"
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leader",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="cohorts.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="cohorts.place",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="leaders", to="cohorts.theme"),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="leader_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("portfolio", ""), _negated=True),
                        name="leader_has_a_portfolio",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meetings_a_month__lte", 31)),
                        name="leader_gives_a_sane_number",
                    ),
                ],
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
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_pause",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pause from match rounds",
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
                (
                    "called_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_rounds_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "match round",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="match_round_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="match_round_has_a_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whom__in", ["cohort", "place", "everyone"])),
                        name="match_round_whom_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cohort__isnull", False),
                                ("place__isnull", True),
                                ("whom", "cohort"),
                            ),
                            models.Q(
                                ("cohort__isnull", True),
                                ("place__isnull", False),
                                ("whom", "place"),
                            ),
                            models.Q(
                                ("cohort__isnull", True),
                                ("place__isnull", True),
                                ("whom", "everyone"),
                            ),
                            _connector="OR",
                        ),
                        name="match_round_names_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__in", [2, 3])), name="match_round_of_two_or_three"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "previewed", "sent", "called_off"])
                        ),
                        name="match_round_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="match_round_sent_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_off_at__isnull", True), ("called_off_by__isnull", True)
                            ),
                            models.Q(
                                ("called_off_at__isnull", False), ("called_off_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="match_round_called_off_by_someone",
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("participant", "participant"),
                            ("learning_partner", "learning partner"),
                            ("facilitator", "facilitator"),
                        ],
                        default="participant",
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("applied", "applied"),
                            ("awaiting_manager", "awaiting manager"),
                            ("active", "active"),
                            ("paused", "paused"),
                            ("alumni", "alumni"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="invited",
                        max_length=20,
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                (
                    "why",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="why I want to take part"
                    ),
                ),
                (
                    "state_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="in this state since",
                    ),
                ),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="words to the applicant"
                    ),
                ),
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
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "learning_partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["cohort", "person"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "active")),
                        fields=["cohort"],
                        name="membership_active",
                    ),
                    models.Index(
                        fields=["cohort", "state", "state_at", "id"], name="membership_in_order"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cohort", "person"),
                        name="membership_once_a_cohort",
                        violation_error_message="They are already in that cohort.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "invited",
                                    "applied",
                                    "awaiting_manager",
                                    "active",
                                    "paused",
                                    "alumni",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="membership_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at__isnull", True), ("looked_by__isnull", True)),
                            models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_looked_at_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="membership_answered_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="membership_application_says_why",
                        violation_error_message="An application says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["participant", "learning_partner", "facilitator"])
                        ),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("learning_partner", models.F("person")), _negated=True),
                        name="membership_partner_is_somebody_else",
                        violation_error_message="Nobody is their own learning partner.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerMeeting",
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
                            ("one_to_one", "one to one"),
                            ("visit", "shadowing visit"),
                            ("open", "open meeting"),
                        ],
                        default="one_to_one",
                        max_length=12,
                    ),
                ),
                (
                    "question",
                    models.TextField(max_length=500, verbose_name="the question to compare"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "waiting for dates"),
                            ("dates_proposed", "dates proposed"),
                            ("arranged", "arranged"),
                            ("held", "held"),
                            ("did_not_happen", "did not happen"),
                            ("declined", "declined"),
                            ("called_off", "called off"),
                        ],
                        default="invited",
                        max_length=16,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("since", models.DateTimeField()),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=2, max_digits=4, verbose_name="hours, with travel"
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField()),
                ("meets_at", models.DateTimeField(blank=True, null=True)),
                ("where", models.CharField(blank=True, max_length=200)),
                (
                    "link",
                    models.URLField(blank=True, max_length=300, verbose_name="link to the call"),
                ),
                (
                    "access_note",
                    models.CharField(blank=True, max_length=300, verbose_name="how to get in"),
                ),
                ("calendar_sequence", models.PositiveIntegerField(default=0)),
                ("asked_whether_held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "held_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="said to be held at"),
                ),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "called_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dates_by",
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
                        related_name="peer_meetings_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "ordering": ["-since", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "arranged")),
                        fields=["meets_at", "id"],
                        name="peer_meeting_arranged",
                    ),
                    models.Index(
                        condition=models.Q(("kind", "open")),
                        fields=["meets_at", "id"],
                        name="peer_meeting_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="peer_meeting_has_a_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["one_to_one", "visit", "open"])),
                        name="peer_meeting_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "invited",
                                    "dates_proposed",
                                    "arranged",
                                    "held",
                                    "did_not_happen",
                                    "declined",
                                    "called_off",
                                ],
                            )
                        ),
                        name="peer_meeting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "open"), ("seats__range", (2, 200))),
                            models.Q(("kind", "visit"), ("seats", 1)),
                            models.Q(("kind", "one_to_one"), ("seats__range", (1, 3))),
                            _connector="OR",
                        ),
                        name="peer_meeting_seats_of_its_kind",
                        violation_error_message="An open meeting has from 2 to 200 seats.",
                    ),
                    models.UniqueConstraint(fields=("id", "seats"), name="peer_meeting_of_so_many"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "open"), _negated=True),
                            ("state__in", ["arranged", "held", "did_not_happen", "called_off"]),
                            _connector="OR",
                        ),
                        name="peer_meeting_open_is_never_negotiated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("meets_at__isnull", False),
                                ("state__in", ["arranged", "held", "did_not_happen"]),
                            ),
                            models.Q(
                                ("meets_at__isnull", True),
                                ("state__in", ["invited", "dates_proposed", "declined"]),
                            ),
                            ("state", "called_off"),
                            _connector="OR",
                        ),
                        name="peer_meeting_arranged_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dates_by__isnull", False), ("state", "dates_proposed")),
                            models.Q(
                                models.Q(("state", "dates_proposed"), _negated=True),
                                ("dates_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="peer_meeting_dates_are_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", False), ("state", "held")),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                ("held_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="peer_meeting_held_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_off_at__isnull", True), ("called_off_by__isnull", True)
                            ),
                            models.Q(
                                ("called_off_at__isnull", False), ("called_off_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="peer_meeting_called_off_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_off_at__isnull", False), ("state", "called_off")),
                            models.Q(
                                models.Q(("state", "called_off"), _negated=True),
                                ("called_off_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="peer_meeting_called_off_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("hours__lte", 12)),
                        name="peer_meeting_hours_in_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "condition",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Meet frontline workers of other services"),
                            (2, "Permission to meet leaders"),
                            (3, "Bridge service users and policy makers"),
                            (4, "See others who stay and influence change"),
                            (5, "Managers on board and in agreement"),
                            (6, "A Lab, with service users in it"),
                            (7, "Systems thinking in everyday practice"),
                            (8, "Permission to stand back and look across"),
                            (9, "Time to meet people outside delivery"),
                            (10, "A culture that celebrates small things"),
                            (11, "Ways to measure small changes"),
                            (12, "Awareness of what’s not working, and power to change it"),
                            (13, "Systems change in job descriptions and roles"),
                        ]
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("awareness", "awareness"),
                            ("working", "working"),
                            ("practitioner", "practitioner"),
                            ("lead", "lead"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(max_length=600, verbose_name="the clause")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reworded_as",
                        to="cohorts.roleclause",
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "clause",
                "ordering": ["condition", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="role_clause_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("condition__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
                        ),
                        name="role_clause_condition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["awareness", "working", "practitioner", "lead"])
                        ),
                        name="role_clause_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                            models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_clause_retired_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaces", None), ("version", 1)),
                            models.Q(("replaces__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="role_clause_later_version_replaces_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleStatement",
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
                            ("role", "a statement of my role"),
                            ("job", "a section for a job description"),
                        ],
                        default="role",
                        max_length=4,
                    ),
                ),
                ("job_title", models.CharField(max_length=120, verbose_name="job title")),
                (
                    "purpose",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what the job is for"
                    ),
                ),
                ("series", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "waiting for the manager"),
                            ("talk", "needs talking through"),
                            ("agreed", "agreed"),
                            ("replaced", "replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="the manager’s words"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_statements_managed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_statements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "role statement",
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["manager", "proposed_at"],
                        name="role_statement_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("job_title", ""), _negated=True),
                        name="role_statement_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["role", "job"])),
                        name="role_statement_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "proposed", "talk", "agreed", "replaced"])
                        ),
                        name="role_statement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("worker", models.F("manager")), _negated=True),
                        name="role_statement_of_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("manager__isnull", False), ("proposed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_statement_proposed_to_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_statement_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("worker")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_statement_nobody_decides_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_for__isnull", True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_statement_deputy_decides_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("state__in", ["draft", "proposed"])
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "talk"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False), ("state__in", ["agreed", "replaced"])
                            ),
                            _connector="OR",
                        ),
                        name="role_statement_decided_in_words",
                    ),
                    models.UniqueConstraint(
                        fields=("series", "version"), name="role_statement_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed", "talk"])),
                        fields=("series",),
                        name="role_statement_one_in_the_making",
                        violation_error_message="There is a newer version in the making. Go on with that one.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed")),
                        fields=("series",),
                        name="role_statement_one_agreed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="job title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("frontline", "frontline worker"),
                            ("manager", "manager"),
                            ("leader", "leader"),
                            ("programme", "programme staff"),
                        ],
                        default="frontline",
                        max_length=12,
                    ),
                ),
                ("started", models.DateField()),
                ("ended", models.DateField(blank=True, null=True)),
                (
                    "went_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "same frontline job elsewhere here"),
                            ("frontline_elsewhere", "the frontline, somewhere else"),
                            ("influencing", "left the frontline, still influencing"),
                            ("left", "left the system"),
                            ("unknown", "not known"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "line_manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="managed_posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "ordering": ["-started", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended__isnull", True)),
                        fields=["service"],
                        name="post_current",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended__isnull", True),
                            ("ended__gte", models.F("started")),
                            _connector="OR",
                        ),
                        name="post_ends_after_it_starts",
                        violation_error_message="The post can’t end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("went_to", ""), ("ended__isnull", False), _connector="OR"
                        ),
                        name="post_where_they_went_once_ended",
                        violation_error_message="Say where they went only once the post has ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line_manager__isnull", True),
                            models.Q(("line_manager", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="post_nobody_manages_themselves",
                        violation_error_message="Nobody is their own line manager.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended__isnull", True)),
                        fields=("person", "service"),
                        name="post_one_at_a_time_in_a_service",
                        violation_error_message="They already have a post in that service.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["frontline", "manager", "leader", "programme"])
                        ),
                        name="post_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="post_has_a_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=100)),
                ("job_title", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("frontline", "frontline worker"),
                            ("manager", "manager"),
                            ("leader", "leader"),
                            ("programme", "programme staff"),
                        ],
                        default="frontline",
                        max_length=12,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invited",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line_manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("person__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="invitation_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["frontline", "manager", "leader", "programme"])
                        ),
                        name="invitation_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("called_off_at__isnull", True)
                        ),
                        fields=("email",),
                        name="invitation_one_open_per_email",
                        violation_error_message="There is already an open invitation to that address.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("position", models.PositiveSmallIntegerField()),
                ("starts", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="cohorts.cohort",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="stage_has_a_name"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("cohort", "position"),
                        name="stage_one_place_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="stage_ends_after_it_starts",
                        violation_error_message="The stage can’t end before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("stand_back", "stand back and think"),
                            ("look_across", "look across at other services"),
                            ("peer_meeting", "meet a worker of another service"),
                            ("leader_meeting", "meet a leader"),
                            ("lab", "a lab"),
                            ("visit", "a visit"),
                        ],
                        max_length=20,
                        verbose_name="what the time is for",
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "cover",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="how the work is covered"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what you want to do with it"
                    ),
                ),
                ("series", models.UUIDField(blank=True, db_index=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "waiting for the manager"),
                            ("more_asked", "your manager asks for more"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("taken", "taken"),
                            ("lost", "lost to cover"),
                        ],
                        default="requested",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cover", "no cover that day"),
                            ("busy", "too much on in that week"),
                            ("training", "training or leave already booked"),
                            ("purpose", "the purpose is not clear yet"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="the manager’s words"
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, max_length=1000, verbose_name="your answer"),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="taken or lost, said at"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_requests_managed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="time_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request for time",
                "verbose_name_plural": "requests for time",
                "ordering": ["-starts_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "requested")),
                        fields=["manager", "asked_at", "id"],
                        name="time_waiting",
                    ),
                    models.Index(fields=["worker", "starts_at"], name="time_by_worker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="time_ends_after_it_starts",
                        violation_error_message="The time has to end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=43200)),
                                ),
                            )
                        ),
                        name="time_is_within_a_day",
                        violation_error_message="Ask for one day at a time, up to twelve hours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="time_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("worker")), _negated=True),
                            _connector="OR",
                        ),
                        name="time_nobody_decides_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_for__isnull", True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="time_deputy_decides_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("worker", models.F("manager")), _negated=True),
                        name="time_of_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("ground", ""), ("state", "requested")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "more_asked"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("ground", ""),
                                ("state__in", ["approved", "taken", "lost"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "declined"),
                                models.Q(("ground", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="time_decision_stands_with_its_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "requested",
                                    "more_asked",
                                    "approved",
                                    "declined",
                                    "withdrawn",
                                    "taken",
                                    "lost",
                                ],
                            )
                        ),
                        name="time_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                [
                                    "stand_back",
                                    "look_across",
                                    "peer_meeting",
                                    "leader_meeting",
                                    "lab",
                                    "visit",
                                ],
                            )
                        ),
                        name="time_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["", "cover", "busy", "training", "purpose", "other"])
                        ),
                        name="time_ground_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state__in", ["approved", "taken"])),
                        expressions=[
                            (cohorts.models.time_requests.TimeRange("starts_at", "ends_at"), "&&"),
                            ("worker", "="),
                        ],
                        name="time_approved_slots_never_overlap",
                        violation_error_message="There is already approved time in that slot.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputyship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deputises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deputyships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="deputyship_ends_after_it_starts",
                        violation_error_message="The last day can’t be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True),
                        name="deputyship_is_of_two_people",
                        violation_error_message="Choose somebody else as your deputy.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("called_off_at__isnull", True)),
                        expressions=[
                            (
                                cohorts.models.deputyships.DateRange(
                                    "starts",
                                    "ends",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                            ("person", "="),
                        ],
                        name="deputyship_one_at_a_time",
                        violation_error_message="You already have a deputy for some of those days.",
                    ),
                ],
            },
        ),
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
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_paired_with",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "somebody not to be paired with",
                "ordering": ["other__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "other"),
                        name="do_not_pair_once",
                        violation_error_message="They are on your list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="do_not_pair_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExposureVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("whom", models.CharField(max_length=200, verbose_name="whom we visited")),
                ("visited_on", models.DateField(verbose_name="when")),
                ("saw", models.TextField(max_length=2000, verbose_name="what we saw")),
                (
                    "changed",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="what it changed in how I see things",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exposure_visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "exposure visit",
                "ordering": ["-visited_on", "-id"],
                "indexes": [
                    models.Index(fields=["cohort", "made_at", "id"], name="visit_of_cohort")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("whom", ""), _negated=True), name="visit_says_whom"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("saw", ""), _negated=True),
                        name="visit_says_what_was_seen",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManagerAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hours_a_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(80),
                        ],
                        verbose_name="hours a month",
                    ),
                ),
                (
                    "cover",
                    models.TextField(max_length=1000, verbose_name="how the work is covered"),
                ),
                (
                    "gives_back",
                    models.TextField(max_length=1000, verbose_name="what the team gets back"),
                ),
                ("review_on", models.DateField(verbose_name="until when")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waiting for the manager"),
                            ("talk", "needs talking through"),
                            ("agreed", "agreed"),
                            ("ended", "ended"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="the manager’s words"
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("renewal_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements_managed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "ordering": ["-proposed_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["manager", "proposed_at"],
                        name="agreement_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "agreed")),
                        fields=["review_on"],
                        name="agreement_to_review",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cover", ""), _negated=True),
                        name="agreement_says_how_covered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gives_back", ""), _negated=True),
                        name="agreement_says_what_comes_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_a_month__range", (1, 80))),
                        name="agreement_hours_in_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("worker", models.F("manager")), _negated=True),
                        name="agreement_of_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_ended_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("worker")), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_nobody_decides_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "proposed")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "talk"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(("decided_at__isnull", False), ("state", "agreed")),
                            ("state", "ended"),
                            _connector="OR",
                        ),
                        name="agreement_decided_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_ended_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_for__isnull", True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_deputy_decides_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", False), ("state", "agreed")),
                            models.Q(
                                ("agreed_at__isnull", True), ("state__in", ["proposed", "talk"])
                            ),
                            ("state", "ended"),
                            _connector="OR",
                        ),
                        name="agreement_agreed_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "talk", "agreed", "ended"])),
                        name="agreement_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed")),
                        fields=("worker",),
                        name="agreement_one_agreed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "talk"])),
                        fields=("worker",),
                        name="agreement_one_on_the_table",
                        violation_error_message="There is already a proposal waiting. Change that one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaderRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.TextField(max_length=1000, verbose_name="what the meeting is for"),
                ),
                (
                    "seen",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="what I have seen from the frontline",
                    ),
                ),
                (
                    "question",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="the question I bring"
                    ),
                ),
                (
                    "speaks_for",
                    models.TextField(blank=True, max_length=1000, verbose_name="whom I speak for"),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=2, max_digits=4, verbose_name="hours, with travel"
                    ),
                ),
                (
                    "wished_dates",
                    models.CharField(blank=True, max_length=300, verbose_name="days that suit"),
                ),
                (
                    "cover",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="how the work is covered"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("awaiting_manager", "waiting for the manager"),
                            ("manager_asks", "the manager asks for more"),
                            ("declined_by_manager", "declined by the manager"),
                            ("second_look", "programme staff take a second look"),
                            ("awaiting_leader", "waiting for the leader"),
                            ("leader_asks", "the leader asks for more"),
                            ("declined_by_leader", "declined by the leader"),
                            ("dates_offered", "dates offered"),
                            ("arranged", "arranged"),
                            ("held", "held"),
                            ("did_not_happen", "did not happen"),
                            ("followed_up", "followed up"),
                            ("closed", "closed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("waiting_since", models.DateTimeField()),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("manager_decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cover", "no cover for that time"),
                            ("timing", "not the right moment"),
                            ("somebody_else", "somebody else should go"),
                            ("purpose", "the purpose is not clear yet"),
                            ("other", "something else"),
                        ],
                        max_length=15,
                    ),
                ),
                ("second_look_at", models.DateTimeField(blank=True, null=True)),
                ("reached_leader_at", models.DateTimeField(blank=True, null=True)),
                ("meets_at", models.DateTimeField(blank=True, null=True)),
                ("meets_where", models.CharField(blank=True, max_length=200)),
                ("calendar_sequence", models.PositiveSmallIntegerField(default=0)),
                ("asked_whether_held_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "notes",
                    models.TextField(blank=True, max_length=4000, verbose_name="what was said"),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "something changed"),
                            ("heard", "I was heard, nothing changed yet"),
                            ("not_heard", "I was not heard"),
                            ("too_early", "too early to say"),
                        ],
                        max_length=12,
                    ),
                ),
                ("verdict_words", models.TextField(blank=True, max_length=1000)),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leader_requests_managed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "manager_decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_look_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leader_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "time_request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leader_request",
                        to="cohorts.timerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to meet a leader",
                "verbose_name_plural": "requests to meet leaders",
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "awaiting_manager")),
                        fields=["manager", "waiting_since", "id"],
                        name="leader_request_for_manager",
                    ),
                    models.Index(
                        condition=models.Q(("state", "awaiting_leader")),
                        fields=["leader", "waiting_since", "id"],
                        name="leader_request_for_leader",
                    ),
                    models.Index(
                        condition=models.Q(("escalated_at__isnull", True)),
                        fields=["state", "waiting_since"],
                        name="leader_request_to_chase",
                    ),
                    models.Index(fields=["worker", "made_at"], name="leader_request_by_worker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="leader_request_has_a_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("manager_decided_at__isnull", True),
                                ("manager_decided_by__isnull", True),
                            ),
                            models.Q(
                                ("manager_decided_at__isnull", False),
                                ("manager_decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="leader_request_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("manager_decided_by__isnull", True),
                            models.Q(("manager_decided_by", models.F("worker")), _negated=True),
                            _connector="OR",
                        ),
                        name="leader_request_nobody_decides_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("second_look_at__isnull", True), ("second_look_by__isnull", True)
                            ),
                            models.Q(
                                ("second_look_at__isnull", False), ("second_look_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="leader_request_second_look_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_look_by__isnull", True),
                            models.Q(("second_look_by", models.F("worker")), _negated=True),
                            _connector="OR",
                        ),
                        name="leader_request_nobody_looks_at_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        "awaiting_leader",
                                        "leader_asks",
                                        "declined_by_leader",
                                        "dates_offered",
                                        "arranged",
                                        "held",
                                        "did_not_happen",
                                        "followed_up",
                                        "closed",
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("reached_leader_at__isnull", False),
                            _connector="OR",
                        ),
                        name="leader_request_asked_of_the_leader_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("worker", models.F("manager")), _negated=True),
                        name="leader_request_of_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "awaiting_manager", "manager_asks", "withdrawn"],
                            ),
                            ("manager_decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="leader_request_reaches_the_leader_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined_by_manager"), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="leader_request_declined_with_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["arranged", "held", "followed_up", "closed", "did_not_happen"],
                                ),
                                _negated=True,
                            ),
                            ("meets_at__isnull", False),
                            _connector="OR",
                        ),
                        name="leader_request_arranged_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("verdict", ""), _negated=True)),
                            models.Q(("state", "closed"), _negated=True),
                            _connector="OR",
                        ),
                        name="leader_request_closed_with_a_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("hours__lte", 12)),
                        name="leader_request_hours_in_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "awaiting_manager",
                                    "manager_asks",
                                    "declined_by_manager",
                                    "second_look",
                                    "awaiting_leader",
                                    "leader_asks",
                                    "declined_by_leader",
                                    "dates_offered",
                                    "arranged",
                                    "held",
                                    "did_not_happen",
                                    "followed_up",
                                    "closed",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="leader_request_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                ["", "cover", "timing", "somebody_else", "purpose", "other"],
                            )
                        ),
                        name="leader_request_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["", "changed", "heard", "not_heard", "too_early"])
                        ),
                        name="leader_request_verdict_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("held", "held"),
                            ("missed", "did not happen"),
                        ],
                        default="held",
                        max_length=10,
                    ),
                ),
                (
                    "planned_for",
                    models.DateTimeField(blank=True, null=True, verbose_name="planned for"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="when")),
                (
                    "me",
                    models.TextField(blank=True, max_length=2000, verbose_name="me and how I work"),
                ),
                (
                    "organisation",
                    models.TextField(blank=True, max_length=2000, verbose_name="my organisation"),
                ),
                (
                    "system",
                    models.TextField(blank=True, max_length=2000, verbose_name="the wider system"),
                ),
                ("next_step", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="learning_calls_held",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="learning_calls",
                        to="cohorts.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning call",
                "ordering": [
                    models.OrderBy(models.F("held_on"), descending=True, nulls_first=True),
                    "-id",
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "held")),
                        fields=["membership", "held_on"],
                        name="learning_call_held",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            models.Q(
                                ("me", ""), ("organisation", ""), ("system", ""), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="learning_call_says_something",
                        violation_error_message="Write a line under at least one of the three.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "missed"])),
                        name="learning_call_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on__isnull", False), ("state", "held")),
                            models.Q(
                                ("held_on__isnull", True),
                                ("planned_for__isnull", False),
                                ("state__in", ["planned", "missed"]),
                            ),
                            _connector="OR",
                        ),
                        name="learning_call_day_stands_with_its_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")),
                        fields=("membership",),
                        name="learning_call_one_planned",
                        violation_error_message="A call is already planned. Move that one instead.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "about",
                    models.TextField(blank=True, max_length=1000, verbose_name="what it decides"),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chaired_boards",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(blank=True, related_name="boards", to="cohorts.leader"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="boards",
                        to="cohorts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="board_has_a_name"
                    ),
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("retired_at", None)),
                        name="board_named_once",
                        violation_error_message="That organisation already has a board of this name.",
                    ),
                ],
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
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="cohorts.matchround",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="match",
                        to="cohorts.peermeeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "match",
                "verbose_name_plural": "matches",
                "ordering": ["round", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["round", "number"],
                        name="match_to_tell",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="match_number_once"),
                    models.UniqueConstraint(fields=("id", "round"), name="match_of_its_round"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparisonNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("we_do", models.TextField(blank=True, max_length=2000, verbose_name="we do")),
                ("they_do", models.TextField(blank=True, max_length=2000, verbose_name="they do")),
                (
                    "will_try",
                    models.TextField(blank=True, max_length=1000, verbose_name="I’ll try"),
                ),
                ("written_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("asked_how_at", models.DateTimeField(blank=True, null=True)),
                (
                    "tried",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "I tried it"),
                            ("not_yet", "not yet"),
                            ("no", "I won’t try it after all"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "tried_words",
                    models.TextField(blank=True, max_length=2000, verbose_name="what happened"),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="said at")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comparison_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="cohorts.peermeeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison note",
                "ordering": ["written_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("asked_how_at__isnull", True),
                            models.Q(("will_try", ""), _negated=True),
                        ),
                        fields=["written_at"],
                        name="note_to_ask_about",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "author"),
                        name="note_one_a_person",
                        violation_error_message="You have written a note of this meeting already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("they_do", ""), ("we_do", ""), ("will_try", ""), _negated=True
                        ),
                        name="note_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tried__in", ["", "yes", "not_yet", "no"])),
                        name="note_tried_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tried", ""), ("tried_at__isnull", True)),
                            models.Q(
                                models.Q(("tried", ""), _negated=True), ("tried_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="note_tried_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerMeetingWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("words", models.TextField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="peer_words",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="cohorts.peermeeting",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step", ""), _negated=True), name="peer_word_has_a_step"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=120, verbose_name="what it is, in a few words"),
                ),
                ("what", models.TextField(max_length=3000, verbose_name="what it is")),
                (
                    "works_when",
                    models.TextField(blank=True, max_length=1500, verbose_name="when it works"),
                ),
                (
                    "fails_when",
                    models.TextField(blank=True, max_length=1500, verbose_name="when it doesn’t"),
                ),
                (
                    "takes",
                    models.TextField(blank=True, max_length=1500, verbose_name="what it takes"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("awaiting", "waiting for agreement"),
                            ("published", "published"),
                            ("taken_back", "taken back"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.SearchVector(
                                    "title", config="english", weight="A"
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    "what", config="english", weight="B"
                                ),
                                django.contrib.postgres.search.SearchConfig("english"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "works_when", "fails_when", "takes", config="english", weight="C"
                            ),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="practices_asked_about",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who to ask",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="practices",
                        to="cohorts.peermeeting",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="cohorts.service",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="practices", to="cohorts.theme"
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "ordering": ["-published_at", "-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["search"], name="practice_search"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("title"), "gin_trgm_ops"
                        ),
                        name="practice_by_title",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["published_at", "id"],
                        name="practice_newest",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="practice_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="practice_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "awaiting", "published", "taken_back"])
                        ),
                        name="practice_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="practice_published_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dates",
                        to="cohorts.peermeeting",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "starts_at"),
                        name="proposed_date_once",
                        violation_error_message="You proposed that date twice.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleCheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "moment",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "when you joined"),
                            (6, "six months on"),
                            (12, "a year on"),
                            (24, "two years on"),
                        ]
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "where",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "in the same frontline job"),
                            ("elsewhere", "in another frontline job"),
                            (
                                "influencing",
                                "no longer on the frontline, still trying to change things",
                            ),
                            ("left", "no longer in this line of work"),
                            ("unsaid", "I would rather not say"),
                        ],
                        max_length=12,
                        verbose_name="where you are now",
                    ),
                ),
                (
                    "in_a_year",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("staying", "on the frontline"),
                            ("unsure", "I don’t know yet"),
                            ("going", "somewhere else"),
                            ("unsaid", "I would rather not say"),
                        ],
                        max_length=12,
                        verbose_name="where you will be in a year",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what made you stay or go"
                    ),
                ),
                (
                    "may_show",
                    models.BooleanField(
                        default=False, verbose_name="others may read these words, without my name"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="cohorts.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "ordering": ["membership", "moment"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=["asked_at"],
                        name="role_check_in_unanswered",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "moment"), name="role_check_in_asked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("moment__in", [0, 6, 12, 24])),
                        name="role_check_in_moment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "where__in",
                                ["", "same", "elsewhere", "influencing", "left", "unsaid"],
                            )
                        ),
                        name="role_check_in_where_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_a_year__in", ["", "staying", "unsure", "going", "unsaid"])
                        ),
                        name="role_check_in_in_a_year_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("in_a_year", ""),
                                ("where", ""),
                                ("words", ""),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("where", ""), _negated=True),
                                models.Q(("in_a_year", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="role_check_in_answered_says_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("may_show", False),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="role_check_in_shows_only_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseAdoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job_title", models.CharField(max_length=120, verbose_name="which job")),
                (
                    "words",
                    models.TextField(
                        max_length=600, verbose_name="the words in the job description"
                    ),
                ),
                ("since", models.DateField(verbose_name="since when")),
                (
                    "evidence_link",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="where it can be read"
                    ),
                ),
                (
                    "evidence",
                    models.TextField(blank=True, max_length=600, verbose_name="how you know"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("recorded", "not confirmed yet"), ("confirmed", "confirmed")],
                        default="recorded",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clause_adoptions",
                        to="cohorts.organisation",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="cohorts.roleclause",
                    ),
                ),
            ],
            options={
                "verbose_name": "adoption",
                "ordering": ["-since", "-id"],
                "indexes": [models.Index(fields=["since", "id"], name="clause_adoption_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("job_title", ""), _negated=True),
                        name="clause_adoption_names_the_job",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="clause_adoption_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["recorded", "confirmed"])),
                        name="clause_adoption_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="clause_adoption_confirmed_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("state", "recorded")),
                            models.Q(("confirmed_at__isnull", False), ("state", "confirmed")),
                            _connector="OR",
                        ),
                        name="clause_adoption_confirmed_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="clause_adoption_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), _negated=True),
                            models.Q(("evidence_link", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="clause_adoption_says_how_we_know",
                    ),
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("job_title"),
                        models.F("clause"),
                        name="clause_adoption_once_a_job",
                        violation_error_message="That clause is already written down for this job.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=600, verbose_name="words of this role")),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="cohorts.roleclause",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="cohorts.rolestatement",
                    ),
                ),
            ],
            options={
                "ordering": ["clause__condition", "clause_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="role_line_has_words"
                    ),
                    models.UniqueConstraint(
                        fields=("statement", "clause"), name="role_line_clause_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "where",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where, and how to get in"
                    ),
                ),
                (
                    "link",
                    models.URLField(
                        blank=True, max_length=300, verbose_name="link, when it is online"
                    ),
                ),
                (
                    "access",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="getting there and taking part"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("called_off", "called off")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "called_off_words",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="why it is called off"
                    ),
                ),
                ("calendar_sequence", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "called_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sessions",
                        to="cohorts.stage",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["cohort", "starts_at"], name="session_of_cohort")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="session_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="session_ends_after_it_starts",
                        violation_error_message="The session has to end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "called_off"])),
                        name="session_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_off_at__isnull", True), ("called_off_by__isnull", True)
                            ),
                            models.Q(
                                ("called_off_at__isnull", False), ("called_off_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="session_called_off_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_off_at__isnull", True),
                                ("called_off_words", ""),
                                ("state", "planned"),
                            ),
                            models.Q(("called_off_at__isnull", False), ("state", "called_off")),
                            _connector="OR",
                        ),
                        name="session_called_off_stands_with_its_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("going", "going"),
                            ("waiting", "on the waiting list"),
                            ("left", "not coming"),
                            ("declined", "said no"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("seats", models.PositiveSmallIntegerField()),
                ("turn", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("answered_dates_at", models.DateTimeField(blank=True, null=True)),
                (
                    "absent",
                    models.BooleanField(default=False, verbose_name="says they were not there"),
                ),
                (
                    "reminders",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="reminders to write a note"
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="cohorts.peermeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="peer_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "time_request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="peer_place",
                        to="cohorts.timerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a meeting",
                "verbose_name_plural": "places in meetings",
                "ordering": ["meeting", "turn", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["meeting", "turn"],
                        name="peer_place_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "person"),
                        name="peer_place_one_a_person",
                        violation_error_message="They have a place in this meeting already.",
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "turn"), name="peer_place_one_a_turn"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("seat__isnull", False)),
                        fields=("meeting", "seat"),
                        name="peer_place_one_a_seat",
                        violation_error_message="Somebody else has that seat.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seat__isnull", False), ("state", "going")),
                            models.Q(
                                models.Q(("state", "going"), _negated=True), ("seat__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="peer_place_going_has_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seat__isnull", True),
                            ("seat__lte", models.F("seats")),
                            _connector="OR",
                        ),
                        name="peer_place_seat_is_one_there_is",
                        violation_error_message="There are no more seats.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", False), ("state", "going"), _connector="OR"),
                        name="peer_place_absent_had_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("time_request__isnull", True), ("state", "going"), _connector="OR"
                        ),
                        name="peer_place_time_of_who_goes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "going", "waiting", "left", "declined"])
                        ),
                        name="peer_place_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferedDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("where", models.CharField(blank=True, max_length=200)),
                ("offered_at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offered_dates",
                        to="cohorts.leaderrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "starts_at"),
                        name="offered_date_once",
                        violation_error_message="You offered that date twice.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeOwner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True, max_length=1000)),
                ("words_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practices_owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="owners",
                        to="cohorts.practice",
                    ),
                ),
            ],
            options={
                "ordering": ["practice", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "person"), name="practice_owned_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at__isnull", True), ("words", ""), _connector="OR"
                        ),
                        name="practice_owner_agrees_or_asks",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Borrowing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("we_do", "we do this too"),
                            ("borrowing", "borrowing it"),
                            ("kept", "kept"),
                            ("adapted", "adapted"),
                            ("dropped", "dropped"),
                        ],
                        default="borrowing",
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "asked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="asked how it went at"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1500, verbose_name="how it went, and why"
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "learned_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="led_to",
                        to="cohorts.borrowing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="borrowings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="borrowings",
                        to="cohorts.practice",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="borrowings",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "borrowing",
                "ordering": ["since", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at__isnull", True), ("state", "borrowing")),
                        fields=["since"],
                        name="borrowing_to_ask_about",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "person"),
                        name="borrowing_one_a_person",
                        violation_error_message="You have said so already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["kept", "adapted", "dropped"]),
                                ("told_at__isnull", False),
                            ),
                            models.Q(
                                ("state__in", ["we_do", "borrowing"]), ("told_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="borrowing_told_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("learned_from__isnull", True),
                            models.Q(("learned_from", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="borrowing_is_learned_from_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["we_do", "borrowing", "kept", "adapted", "dropped"])
                        ),
                        name="borrowing_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("came", "came"),
                            ("sent_word", "could not come, sent word"),
                            ("missed", "not there"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ticked_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="cohorts.session",
                    ),
                ),
            ],
            options={
                "ordering": ["session", "person"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "person"), name="attendance_once_a_session"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["came", "sent_word", "missed"])),
                        name="attendance_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=1000, verbose_name="what was promised")),
                ("due_on", models.DateField(verbose_name="by when")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("kept", "kept"),
                            ("partly", "partly kept"),
                            ("not_kept", "not kept"),
                            ("no_longer", "no longer relevant"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("state_at", models.DateTimeField(blank=True, null=True)),
                ("workers_view", models.TextField(blank=True, max_length=1000)),
                ("leaders_view", models.TextField(blank=True, max_length=1000)),
                ("made_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="cohorts.leaderrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["due_on"],
                        name="commitment_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="commitment_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "kept", "partly", "not_kept", "no_longer"])
                        ),
                        name="commitment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("state_at__isnull", False), _connector="OR"
                        ),
                        name="commitment_judged_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaderRequestWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=30)),
                ("by_name", models.CharField(blank=True, max_length=100)),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="cohorts.leaderrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", False),
                            models.Q(("by_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="leader_word_is_somebodys",
                    )
                ],
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
                (
                    "match",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="cohorts.match",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="cohorts.matchround",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a match round",
                "ordering": ["round", "match__number", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "person"), name="match_place_once_a_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_out", ""), ("match__isnull", False)),
                            models.Q(
                                ("match__isnull", True), models.Q(("left_out", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="match_place_or_the_reason",
                    ),
                ],
            },
        ),
    ]
