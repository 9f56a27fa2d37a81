from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("elections", "0007_candidates")]

    operations = []
