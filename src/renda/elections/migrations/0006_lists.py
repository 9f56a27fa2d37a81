from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("elections", "0005_roll")]

    operations = []
