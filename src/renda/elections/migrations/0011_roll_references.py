"""Districts and groups of voters are held by triggers that look at all rows of a statement at once, not by one look-up for each row."""

import django.db.models.deletion
from django.db import migrations, models

ARRIVE = """
CREATE FUNCTION elections_voter_arrives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Locked as a foreign key would lock them: nobody deletes one before the voters are committed.
    PERFORM FROM elections_electoraldistrict WHERE id IN (SELECT DISTINCT district_id FROM fresh) FOR KEY SHARE;
    PERFORM FROM elections_votergroup WHERE id IN (SELECT DISTINCT group_id FROM fresh WHERE group_id IS NOT NULL) FOR KEY SHARE;
    IF EXISTS (SELECT FROM (SELECT DISTINCT district_id FROM fresh) AS named LEFT JOIN elections_electoraldistrict AS one
            ON one.id = named.district_id WHERE named.district_id IS NOT NULL AND one.id IS NULL) THEN
        RAISE EXCEPTION 'no such district' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'voter_district_exists';
    END IF;
    IF EXISTS (SELECT FROM (SELECT DISTINCT group_id FROM fresh WHERE group_id IS NOT NULL) AS named LEFT JOIN elections_votergroup AS one
            ON one.id = named.group_id WHERE one.id IS NULL) THEN
        RAISE EXCEPTION 'no such group' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'voter_group_exists';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refers_insert AFTER INSERT ON elections_voter REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION elections_voter_arrives();
CREATE TRIGGER refers_update AFTER UPDATE ON elections_voter REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION elections_voter_arrives();
"""
LEAVE = """
CREATE FUNCTION elections_voter_referred() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    used boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.elections_voter WHERE %I = $1)', TG_TABLE_SCHEMA, TG_ARGV[0]) INTO used USING OLD.id;
    IF used THEN
        RAISE EXCEPTION '% has voters', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'voter_' || TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_voters AFTER DELETE ON elections_electoraldistrict DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION elections_voter_referred('district_id');
CREATE CONSTRAINT TRIGGER has_voters AFTER DELETE ON elections_votergroup DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION elections_voter_referred('group_id');
"""
NO_ARRIVE = """
DROP TRIGGER refers_insert ON elections_voter;
DROP TRIGGER refers_update ON elections_voter;
DROP FUNCTION elections_voter_arrives();
"""
NO_LEAVE = """
DROP TRIGGER has_voters ON elections_electoraldistrict;
DROP TRIGGER has_voters ON elections_votergroup;
DROP FUNCTION elections_voter_referred();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_election_roles"),
        ("elections", "0010_departures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="voter",
            name="district",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voters",
                to="elections.electoraldistrict",
                verbose_name="选区",
            ),
        ),
        migrations.AlterField(
            model_name="voter",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voters",
                to="elections.votergroup",
                verbose_name="选民小组",
            ),
        ),
        migrations.AddIndex(
            model_name="voter",
            index=models.Index(condition=models.Q(("group__isnull", False)), fields=["group"], name="voter_of_group"),
        ),
        migrations.RunSQL(ARRIVE, NO_ARRIVE),
        migrations.RunSQL(LEAVE, NO_LEAVE),
    ]
