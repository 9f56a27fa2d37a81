from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("elections", "0006_lists")]

    operations = []
