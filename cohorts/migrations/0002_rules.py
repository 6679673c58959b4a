"""What PostgreSQL insists on beyond the tables' own constraints.

- A participant who is active has an agreement that stands (whose row is locked for share, so that it
  cannot be ended beside this in a transaction that does not see it), and an agreement that stood and
  stands no longer leaves no active place behind: both checked when a transaction ends, so that an action
  may do either first.
- A place in a peer meeting knows how many seats there are.
- A practice is published once all its owners have agreed.
- A place in a match round points at a match of its own round, or at none."""

from django.db import migrations

ACTIVE_WITH_AGREEMENT = """
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
SO_MANY_SEATS = """
ALTER TABLE cohorts_peerplace ADD CONSTRAINT peer_place_of_so_many_seats
  FOREIGN KEY (meeting_id, seats) REFERENCES cohorts_peermeeting (id, seats)
  ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
PUBLISHED_IS_AGREED = """
CREATE FUNCTION cohorts_practice_is_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM cohorts_practice p JOIN cohorts_practiceowner o ON o.practice_id = p.id
     WHERE p.id = NEW.id AND p.state = 'published' AND o.agreed_at IS NULL
  ) THEN
    RAISE EXCEPTION 'a practice is published once all its owners have agreed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'practice_published_is_agreed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER practice_published_is_agreed
  AFTER INSERT OR UPDATE OF state ON cohorts_practice
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION cohorts_practice_is_agreed();
"""
OF_ITS_ROUND = """
ALTER TABLE cohorts_matchplace ADD CONSTRAINT match_place_of_its_round
  FOREIGN KEY (match_id, round_id) REFERENCES cohorts_match (id, round_id) DEFERRABLE INITIALLY DEFERRED;
"""
LET_GO = """
ALTER TABLE cohorts_matchplace DROP CONSTRAINT match_place_of_its_round;
DROP TRIGGER practice_published_is_agreed ON cohorts_practice;
DROP FUNCTION cohorts_practice_is_agreed();
ALTER TABLE cohorts_peerplace DROP CONSTRAINT peer_place_of_so_many_seats;
DROP TRIGGER agreement_leaves_nobody_active ON cohorts_manageragreement;
DROP FUNCTION cohorts_agreement_leaves_nobody();
DROP TRIGGER membership_active_with_agreement ON cohorts_membership;
DROP FUNCTION cohorts_active_with_agreement();
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            ACTIVE_WITH_AGREEMENT + SO_MANY_SEATS + PUBLISHED_IS_AGREED + OF_ITS_ROUND, LET_GO
        )
    ]
