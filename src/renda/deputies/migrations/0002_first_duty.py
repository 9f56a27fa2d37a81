"""The view of the day on which something was first done under each mandate."""

import django.db.models.deletion
from django.db import migrations, models

VIEW = """
CREATE VIEW deputies_firstduty AS
SELECT done.mandate_id, min(done."on") AS "on"
FROM (
    SELECT m.id AS mandate_id, a.starts_on AS "on"
    FROM directory_mandate m
    JOIN activities_participation p ON p.person_id = m.person_id AND p.attendance = 'present'
    JOIN activities_activity a ON a.id = p.activity_id AND a.voided_at IS NULL AND a.starts_on >= m.since
    UNION ALL
    SELECT m.id, r."on"
    FROM directory_mandate m
    JOIN deputies_deputyreport r
        ON r.deputy_id = m.person_id AND r.level = m.level AND r.voided_at IS NULL AND r."on" >= m.since
) done
GROUP BY done.mandate_id
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("deputies", "0001_initial"), ("directory", "0001_initial")]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW deputies_firstduty"),
        migrations.CreateModel(
            name="FirstDuty",
            fields=[
                (
                    "mandate",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="first_duty",
                        serialize=False,
                        to="directory.mandate",
                        verbose_name="代表任期",
                    ),
                ),
                ("on", models.DateField(verbose_name="首次履职日期")),
            ],
            options={"managed": False},
        ),
    ]
