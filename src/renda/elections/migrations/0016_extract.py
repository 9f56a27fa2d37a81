"""When a household extract first came onto a roll stands at the election; it was looked for among the voters at each entry by hand."""

from django.db import migrations, models

SET = """
UPDATE elections_election e SET extract_at = found.since
FROM (SELECT election_id, min(created_at) AS since FROM elections_voter WHERE in_household GROUP BY 1) AS found
WHERE e.id = found.election_id AND e.frozen_at IS NULL  -- the database keeps a closed file as it is, and nothing comes onto its roll
"""


class Migration(migrations.Migration):
    dependencies = [("elections", "0015_arrivals")]

    operations = [
        migrations.AddField("election", "extract_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(SET, migrations.RunSQL.noop),
    ]
