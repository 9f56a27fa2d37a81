"""Petitions from before are kept by the county in which they arose."""

from django.db import migrations

KEEPERS = """
    UPDATE petitions_petition p SET keeper_id = c.id
    FROM procedure_matter m, directory_division d, directory_division c
    WHERE m.id = p.matter_ptr_id AND d.id = m.division_id AND c.level = 'county' AND p.keeper_id IS NULL
      AND (d.path = c.path OR d.path LIKE c.path || '.%')
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_procedure"), ("procedure", "0003_steps_and_deadlines")]

    operations = [migrations.RunSQL(KEEPERS, migrations.RunSQL.noop)]
