"""Publications of lists that are made in the background; the database refuses them for a frozen election, as all else of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER frozen_{low} AFTER {event} ON elections_publishing REFERENCING {image} TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION elections_refuse_frozen('elections_election AS one ON one.id = changed.election_id');
"""
GUARDS = "".join(
    GUARD.format(low=event.lower(), event=event, image=image)
    for event, image in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
)


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0012_barred_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Publishing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("districts", models.JSONField(default=list)),
                ("notice", models.JSONField(default=dict)),
                ("voters", models.PositiveIntegerField(default=0, verbose_name="选民人数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "进行中"),
                            ("checked", "待确认"),
                            ("done", "已完成"),
                            ("failed", "未完成"),
                            ("dropped", "已放弃"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("progress", models.JSONField(default=dict)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=200, verbose_name="公布人")),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.election",
                        verbose_name="选举",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "running"))),
                        fields=("election",),
                        name="publishing_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
