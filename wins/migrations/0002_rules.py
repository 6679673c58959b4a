"""What PostgreSQL insists on beyond the tables' own constraints.

- A ripple's parent is of the same chain, whoever writes the row.
- What somebody answered to an outcome stays as they answered it: their name may go (they may leave),
  their answer not.
- An issued board paper stays as it was: nobody changes or deletes it."""

from django.db import migrations

INSIST = """
ALTER TABLE wins_ripple ADD CONSTRAINT ripple_parent_of_the_same_chain
  FOREIGN KEY (parent_id, root) REFERENCES wins_ripple (id, root) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION wins_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'answered' AND (NEW.state, NEW.verdict, NEW.comment, NEW.answered_at, NEW.outcome_id)
      IS DISTINCT FROM (OLD.state, OLD.verdict, OLD.comment, OLD.answered_at, OLD.outcome_id) THEN
    RAISE EXCEPTION 'what somebody answered stays as they answered it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'substantiation_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER substantiation_stays BEFORE UPDATE ON wins_substantiation
  FOR EACH ROW EXECUTE FUNCTION wins_answers_stay();

CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON wins_boardpaper
    FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION kernel_refuse_change();
"""
LET_GO = """
DROP TRIGGER issued_stays ON wins_boardpaper;
DROP TRIGGER substantiation_stays ON wins_substantiation;
DROP FUNCTION wins_answers_stay();
ALTER TABLE wins_ripple DROP CONSTRAINT ripple_parent_of_the_same_chain;
"""


class Migration(migrations.Migration):
    dependencies = [("wins", "0001_initial"), ("kernel", "0003_append_only")]

    operations = [migrations.RunSQL(INSIST, LET_GO)]
