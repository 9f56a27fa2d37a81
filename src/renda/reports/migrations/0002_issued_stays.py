"""An issued report can be added, and nothing else: a trigger refuses UPDATE, DELETE and TRUNCATE of its snapshot."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_issue_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'issued reports are final';
END $$;
CREATE TRIGGER reports_issue_no_change BEFORE UPDATE OR DELETE ON reports_issue
    FOR EACH ROW EXECUTE FUNCTION reports_issue_is_final();
CREATE TRIGGER reports_issue_no_truncate BEFORE TRUNCATE ON reports_issue
    FOR EACH STATEMENT EXECUTE FUNCTION reports_issue_is_final();
"""
BACKWARD = """
DROP TRIGGER reports_issue_no_change ON reports_issue;
DROP TRIGGER reports_issue_no_truncate ON reports_issue;
DROP FUNCTION reports_issue_is_final();
"""


class Migration(migrations.Migration):
    """Make issued reports final in the database itself."""

    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
