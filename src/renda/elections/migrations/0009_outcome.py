"""The reviews of deputies' qualifications, and the closed file: the database refuses changes to a frozen election."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE = """
CREATE FUNCTION elections_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed text;
BEGIN
    IF current_setting('renda.rewriting', true) = 'on' THEN  -- a new key writes the same values anew
        RETURN NULL;
    END IF;
    EXECUTE 'SELECT one.name FROM changed JOIN ' || TG_ARGV[0] || ' WHERE one.frozen_at IS NOT NULL LIMIT 1' INTO closed;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION '% is frozen', closed USING ERRCODE = 'check_violation', CONSTRAINT = 'election_frozen';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION elections_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND current_setting('renda.rewriting', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION '% is frozen', OLD.name USING ERRCODE = 'check_violation', CONSTRAINT = 'election_frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER stay_frozen BEFORE UPDATE OR DELETE ON elections_election FOR EACH ROW EXECUTE FUNCTION elections_stay_frozen();
"""
DIRECT = "elections_election AS one ON one.id = changed.election_id"
BY_ROUND = "elections_voteround AS vote ON vote.id = changed.round_id JOIN elections_election AS one ON one.id = vote.election_id"
EVENTS = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}
UNGUARDED = {("elections_voter", "INSERT")}
"""A million rows come in at once there, and every row's way in asks for an open file first."""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have each table of an election refuse what would change a frozen one: asked once a statement, of all its rows."""
    schema_editor.execute(REFUSE, None)
    for model in apps.get_app_config("elections").get_models():
        columns = {field.column for field in model._meta.local_concrete_fields}
        way = DIRECT if "election_id" in columns else BY_ROUND if "round_id" in columns else ""
        table = model._meta.db_table
        for event, image in EVENTS.items() if way and model._meta.managed else ():
            if (table, event) not in UNGUARDED:
                schema_editor.execute(
                    f"CREATE TRIGGER frozen_{event.lower()} AFTER {event} ON {table} REFERENCING {image} TABLE AS changed "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION elections_refuse_frozen('{way}')",
                    None,
                )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_election_roles"),
        ("elections", "0008_voting"),
    ]

    operations = [
        migrations.CreateModel(
            name="QualificationReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "opinion",
                    models.CharField(
                        choices=[("valid", "当选有效"), ("invalid", "当选无效"), ("deferred", "暂缓提出意见")],
                        max_length=10,
                        verbose_name="审查意见",
                    ),
                ),
                ("opinion_on", models.DateField(verbose_name="审查日期")),
                ("ground", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "确认代表资格有效"), ("void", "确定当选无效")],
                        max_length=10,
                        verbose_name="决定",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="作出决定的机关")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="代表名单公布日期")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.division",
                        verbose_name="所属区划",
                    ),
                ),
                (
                    "elected",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="elections.elected",
                        verbose_name="当选人",
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
                (
                    "mandate",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.mandate",
                        verbose_name="代表职务",
                    ),
                ),
            ],
            options={
                "ordering": ["elected__district", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opinion", "valid"), models.Q(("ground", ""), _negated=True), _connector="OR"),
                        name="review_ground",
                        violation_error_message="认为当选无效或者暂缓提出意见的，须写明理由",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", ""), ("decided_on__isnull", True), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_on__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_decided",
                        violation_error_message="决定须写明日期和作出决定的机关",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), models.Q(("opinion", "deferred"), _negated=True), _connector="OR"),
                        name="review_not_deferred",
                        violation_error_message="暂缓提出意见的，不能作出决定",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True), ("decided_on__gte", models.F("opinion_on")), _connector="OR"
                        ),
                        name="review_order",
                        violation_error_message="决定日期早于审查日期",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mandate__isnull", True), ("published_on__isnull", True)),
                            ("decision", "confirmed"),
                            _connector="OR",
                        ),
                        name="review_confirmed",
                        violation_error_message="代表资格确认有效后才能公布名单、登记代表职务（选举法第四十七条第二款）",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
