import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import renda.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_election_roles"),
        ("elections", "0004_plan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Barred",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("natural_key", models.TextField(editable=False)),
                ("source_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("import_batch", models.BigIntegerField(editable=False, null=True)),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("voided_at", models.DateTimeField(editable=False, null=True)),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "identity_number",
                    renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="身份证号"),
                ),
                ("identity_hash", renda.core.fields.KeyedHashField(source="identity_number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deprived", "剥夺政治权利"),
                            ("suspended", "停止行使选举权利"),
                            ("incapable", "经确认不能行使选举权利"),
                        ],
                        max_length=12,
                        verbose_name="情形",
                    ),
                ),
                ("since", models.DateField(verbose_name="起始日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="决定机关")),
                ("document", models.CharField(blank=True, max_length=100, verbose_name="文书号")),
            ],
            options={
                "ordering": ["-since", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DuplicateSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.CharField(max_length=200)),
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
                ("report", models.JSONField(default=dict)),
                ("message", models.TextField(blank=True)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("evidence", models.JSONField(default=list)),
                ("score", models.FloatField(default=0)),
                ("homonym", models.BooleanField(default=False)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("", "待核对"), ("same", "同一人"), ("different", "不同的人")],
                        default="",
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["homonym", "-score", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RollImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("household", "公安户籍资料"),
                            ("employer", "单位名册"),
                            ("school", "学校名册"),
                            ("station", "登记站"),
                            ("web", "网上登记"),
                            ("clerk", "工作人员录入"),
                            ("carried", "上届沿用"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("actor", models.CharField(max_length=200)),
                ("files", models.JSONField(default=list, help_text="name, size and digest of each file")),
                ("seal", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="文件密钥")),
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
                ("dry_run", models.BooleanField(default=True)),
                ("progress", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                ("message", models.TextField(blank=True)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveIndex(
            model_name="voter",
            name="voter_district",
        ),
        migrations.AddField(
            model_name="voter",
            name="certificate",
            field=models.BooleanField(default=False, verbose_name="持选民资格转移证明"),
        ),
        migrations.AddField(
            model_name="voter",
            name="edited",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="voter",
            name="in_household",
            field=models.BooleanField(default=False, verbose_name="公安户籍资料中有此人"),
        ),
        migrations.AddField(
            model_name="voter",
            name="row_digest",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AlterField(
            model_name="voter",
            name="division",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.division",
                verbose_name="所属区划",
            ),
        ),
        migrations.AlterField(
            model_name="voter",
            name="election",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="elections.election",
                verbose_name="选举",
            ),
        ),
        migrations.AlterField(
            model_name="voter",
            name="name",
            field=models.CharField(db_collation="C", max_length=60, verbose_name="姓名"),
        ),
        migrations.AddIndex(
            model_name="voter",
            index=models.Index(fields=["election", "name", "id"], name="voter_by_name"),
        ),
        migrations.AddField(
            model_name="barred",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.division", verbose_name="所属区划"
            ),
        ),
        migrations.AddField(
            model_name="duplicatesearch",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="duplicatesearch",
            name="election",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="elections.election"),
        ),
        migrations.AddField(
            model_name="likeness",
            name="election",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="elections.election"),
        ),
        migrations.AddField(
            model_name="likeness",
            name="first",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="elections.voter"),
        ),
        migrations.AddField(
            model_name="likeness",
            name="second",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="elections.voter"),
        ),
        migrations.AddField(
            model_name="rollimport",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rollimport",
            name="district",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="elections.electoraldistrict",
                verbose_name="默认选区",
            ),
        ),
        migrations.AddField(
            model_name="rollimport",
            name="election",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="elections.election"),
        ),
        migrations.AddIndex(
            model_name="barred",
            index=models.Index(fields=["identity_hash"], name="elections_barred_hash"),
        ),
        migrations.AddConstraint(
            model_name="barred",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("division", "natural_key"),
                name="elections_barred_key",
                violation_error_message="同一区划内已有相同的记录",
            ),
        ),
        migrations.AddConstraint(
            model_name="barred",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="elections_barred_void",
                violation_error_message="作废必须写明原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="barred",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="elections_barred_span",
                violation_error_message="截止日期早于起始日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="barred",
            constraint=models.CheckConstraint(
                condition=models.Q(("identity_hash__isnull", False)),
                name="elections_barred_number",
                violation_error_message="须填身份证号，才能与选民登记册比对",
            ),
        ),
        migrations.AddIndex(
            model_name="likeness",
            index=models.Index(fields=["election", "verdict", "homonym", "-score", "id"], name="likeness_queue"),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="likeness_order"),
        ),
        migrations.AddConstraint(
            model_name="rollimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "running", "checked", "done", "failed", "dropped"])),
                name="rollimport_state",
            ),
        ),
    ]
