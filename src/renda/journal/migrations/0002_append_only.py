"""Entries of the journal can be added, and nothing else: a trigger refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal entries are append-only';
END $$;
CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_final();
CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_final();
"""
BACKWARD = """
DROP TRIGGER journal_entry_no_change ON journal_entry;
DROP TRIGGER journal_entry_no_truncate ON journal_entry;
DROP FUNCTION journal_entry_is_final();
"""


class Migration(migrations.Migration):
    """Make the journal append-only in the database itself."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
