"""The event table refuses change in PostgreSQL itself, and the shared cache has its table."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_eventseal
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
"""
CHANGEABLE = """
DROP TRIGGER append_only ON kernel_eventseal;
DROP TRIGGER append_only ON kernel_event;
DROP FUNCTION kernel_refuse_change();
"""
CACHE = """
CREATE TABLE IF NOT EXISTS kernel_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS kernel_cache_expires ON kernel_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
        migrations.RunSQL(CACHE, "DROP TABLE IF EXISTS kernel_cache"),
    ]
