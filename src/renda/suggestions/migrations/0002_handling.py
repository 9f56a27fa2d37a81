"""The view of who handles what: lead and joint units side by side."""

from django.db import migrations

FORWARD = """
CREATE VIEW suggestions_handling AS
SELECT id * 2 AS id, suggestion_id, organ_id AS unit_id, 'lead'::varchar(5) AS role FROM suggestions_suggestion_lead_units
UNION ALL
SELECT id * 2 + 1, suggestion_id, organ_id, 'joint'::varchar(5) FROM suggestions_suggestion_joint_units
"""


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP VIEW suggestions_handling")]
