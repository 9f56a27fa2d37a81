"""Whether districts and groups of voters exist is asked with one look at the rows of a statement; it was four."""

from django.db import migrations

ARRIVE = """
CREATE OR REPLACE FUNCTION elections_voter_arrives() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    districts bigint[];
    groups bigint[];
    found integer;
BEGIN
    SELECT array_agg(DISTINCT district_id) FILTER (WHERE district_id IS NOT NULL),
        array_agg(DISTINCT group_id) FILTER (WHERE group_id IS NOT NULL)
        INTO districts, groups FROM (SELECT DISTINCT district_id, group_id FROM fresh) AS named;
    -- Locked as a foreign key would lock them: nobody deletes one before the voters are committed.
    PERFORM FROM elections_electoraldistrict WHERE id = ANY (districts) FOR KEY SHARE;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found <> COALESCE(cardinality(districts), 0) THEN
        RAISE EXCEPTION 'no such district' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'voter_district_exists';
    END IF;
    PERFORM FROM elections_votergroup WHERE id = ANY (groups) FOR KEY SHARE;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found <> COALESCE(cardinality(groups), 0) THEN
        RAISE EXCEPTION 'no such group' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'voter_group_exists';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("elections", "0014_voter_by_name")]

    operations = [migrations.RunSQL(ARRIVE, migrations.RunSQL.noop)]
