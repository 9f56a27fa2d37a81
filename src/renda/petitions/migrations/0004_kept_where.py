"""Who keeps a petition decides who sees it: an index for long lists, and search entries that say so themselves."""

import django.db.models.deletion
from django.db import migrations, models

ENTRIES = """
    UPDATE registers_searchentry e SET division_id = p.keeper_id
    FROM petitions_petition p
    WHERE e.register = 'petitions.petitions' AND e.record_id = p.matter_ptr_id AND p.keeper_id IS NOT NULL AND e.division_id <> p.keeper_id
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0003_keeper"), ("registers", "0002_keyed_digests")]

    operations = [
        migrations.RunSQL(ENTRIES, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="petition",
            name="keeper",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.division",
                verbose_name="登记区划",
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(fields=["keeper"], include=["matter_ptr"], name="petition_keeper"),
        ),
    ]
