"""Joining a cohort: being asked, applying, an answer; and a manager's agreement behind every active place.

Two constraint triggers, checked when a transaction ends, so that an action may end an agreement and
move the places that rest on it in either order:

- on places: a participant who is active has an agreement that stands. The agreement's row is locked
  for share, so that it cannot be ended beside this in a transaction that does not see it;
- on agreements: one that stood and stands no longer leaves no active place behind."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

AS_IT_WAS = """
UPDATE cohorts_membership SET state_at = joined_at;
UPDATE cohorts_membership SET why = 'Not said.' WHERE state = 'applied' AND why = '';
UPDATE cohorts_membership m SET state = 'awaiting_manager'
 WHERE m.state = 'active' AND m.role = 'participant' AND NOT EXISTS (
    SELECT 1 FROM cohorts_manageragreement a WHERE a.worker_id = m.person_id AND a.state = 'agreed'
 );
"""
INSIST = """
CREATE FUNCTION cohorts_active_with_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cohorts_membership m
      WHERE m.id = NEW.id AND m.state = 'active' AND m.role = 'participant';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM cohorts_manageragreement a
      WHERE a.worker_id = NEW.person_id AND a.state = 'agreed' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'membership % is active without a manager''s agreement', NEW.id
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = 'membership_active_with_agreement';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER membership_active_with_agreement
    AFTER INSERT OR UPDATE OF state, role, person_id ON cohorts_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'active' AND NEW.role = 'participant')
    EXECUTE FUNCTION cohorts_active_with_agreement();

CREATE FUNCTION cohorts_agreement_leaves_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cohorts_manageragreement a
      WHERE a.worker_id = OLD.worker_id AND a.state = 'agreed';
    IF FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM cohorts_membership m
      WHERE m.person_id = OLD.worker_id AND m.state = 'active' AND m.role = 'participant';
    IF FOUND THEN
        RAISE EXCEPTION 'agreement % ended, and left an active place in a cohort behind', OLD.id
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = 'agreement_leaves_nobody_active';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER agreement_leaves_nobody_active
    AFTER DELETE OR UPDATE OF state, worker_id ON cohorts_manageragreement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.state = 'agreed')
    EXECUTE FUNCTION cohorts_agreement_leaves_nobody();
"""
LET_GO = """
DROP TRIGGER agreement_leaves_nobody_active ON cohorts_manageragreement;
DROP FUNCTION cohorts_agreement_leaves_nobody();
DROP TRIGGER membership_active_with_agreement ON cohorts_membership;
DROP FUNCTION cohorts_active_with_agreement();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006_running_cohorts"),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "invitation list",
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="cohort",
            name="about",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what it is"),
        ),
        migrations.AddField(
            model_name="cohort",
            name="asks",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what it asks of you"),
        ),
        migrations.AddField(
            model_name="membership",
            name="answer",
            field=models.TextField(
                blank=True, max_length=1000, verbose_name="words to the applicant"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="looked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="looked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="state_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                verbose_name="in this state since",
            ),
        ),
        migrations.RunSQL(AS_IT_WAS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                fields=["cohort", "state", "state_at", "id"], name="membership_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("looked_at__isnull", True), ("looked_by__isnull", True)),
                    models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
                    _connector="OR",
                ),
                name="membership_looked_at_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="membership_answered_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "applied"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="membership_application_says_why",
                violation_error_message="An application says why.",
            ),
        ),
        migrations.AddField(
            model_name="invitationlist",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitation_lists",
                to="cohorts.cohort",
            ),
        ),
        migrations.AddField(
            model_name="invitationlist",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitation_lists",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(INSIST, LET_GO),
    ]
