"""The view of all supervision work: one row per matter or activity, placed in time by the day that reports count it on."""

from django.db import migrations

MATTER = """  -- names of tables and codes come from this file
SELECT 'm' || m.id AS id, m.division_id, '{kind}'::text AS kind, m.title, d.source, s."on"
FROM procedure_matter m
JOIN supervision_{table} d ON d.matter_ptr_id = m.id
JOIN procedure_milestone s ON s.matter_id = m.id AND s.code = '{code}'
WHERE m.voided_at IS NULL
"""
VIEW = "CREATE VIEW supervision_work AS " + " UNION ALL ".join(  # noqa: S608
    [
        MATTER.format(kind="special_report", table="specialreport", code="heard"),
        MATTER.format(kind="finance", table="financeitem", code="heard"),
        MATTER.format(kind="inspection", table="enforcementinspection", code="started"),
        MATTER.format(kind="inquiry", table="specialinquiry", code="held"),
        MATTER.format(kind="appraisal", table="appraisal", code="rated"),
        MATTER.format(kind="interpellation", table="interpellation", code="submitted").replace("d.source", "''::text"),
        """
        SELECT 'a' || a.id, a.division_id, v.form::text, a.title, v.source, a.starts_on
        FROM activities_activity a JOIN supervision_fieldvisit v ON v.activity_ptr_id = a.id
        WHERE a.voided_at IS NULL AND v.form IN ('tour', 'survey')
        """,
        """
        SELECT 'a' || a.id, a.division_id, 'audience'::text, a.title, ''::text, a.starts_on
        FROM activities_activity a JOIN supervision_officialaudience o ON o.activity_ptr_id = a.id
        WHERE a.voided_at IS NULL
        """,
    ]
)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW supervision_work")]
