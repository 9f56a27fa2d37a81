import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import renda.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_election_roles"),
        ("elections", "0005_roll"),
        ("files", "0001_initial"),
        ("procedure", "0004_inbox_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
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
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="补正号")),
                ("published_on", models.DateField(verbose_name="公布日期")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="公布地点")),
                (
                    "order",
                    models.CharField(
                        choices=[("strokes", "姓氏笔画"), ("pinyin", "姓名拼音"), ("roll", "登记先后")],
                        default="strokes",
                        max_length=10,
                        verbose_name="排列顺序",
                    ),
                ),
                ("fields", models.JSONField(default=list, verbose_name="另行公布的栏目")),
                ("due_on", models.DateField(null=True, verbose_name="公布期限")),
                ("late_days", models.PositiveIntegerField(default=0, verbose_name="超期天数")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="超期原因")),
                ("voters", models.PositiveIntegerField(default=0, verbose_name="名单人数")),
                ("added", models.PositiveIntegerField(default=0, verbose_name="增列人数")),
                ("removed", models.PositiveIntegerField(default=0, verbose_name="除名人数")),
                ("by", models.CharField(blank=True, max_length=200, verbose_name="公布人")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
                    ),
                ),
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
                "ordering": ["district_id", "number"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Listed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="序号")),
                ("group", models.CharField(blank=True, max_length=80, verbose_name="选民小组")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("sex", models.CharField(choices=[("male", "男"), ("female", "女")], max_length=8, verbose_name="性别")),
                ("age", models.PositiveSmallIntegerField(verbose_name="年龄")),
                ("birth_year", models.PositiveSmallIntegerField(verbose_name="出生年份")),
                ("code", models.CharField(max_length=12, verbose_name="校验码")),
                ("ended_why", models.CharField(blank=True, max_length=60, verbose_name="除名原因")),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.election",
                        verbose_name="选举",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed",
                        to="elections.voter",
                        verbose_name="选民",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended",
                        to="elections.publication",
                        verbose_name="除名的补正名单",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="elections.publication",
                        verbose_name="名单",
                    ),
                ),
            ],
            options={
                "ordering": ["district_id", "place", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "matter_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="procedure.matter",
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(
                        choices=[("voter", "本人到登记站申请"), ("web", "本人网上申请"), ("clerk", "工作人员提出")],
                        default="voter",
                        max_length=8,
                        verbose_name="申请方式",
                    ),
                ),
                ("reason", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="申请理由")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("done", "已转入"), ("refused", "未同意"), ("withdrawn", "已撤回")],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("settled", models.BooleanField(default=False, editable=False)),
                ("applied", models.JSONField(default=list, editable=False)),
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
                    "from_district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="转出选区",
                    ),
                ),
                (
                    "from_office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organ",
                        verbose_name="转出选区工作组",
                    ),
                ),
                (
                    "to_district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="转入选区",
                    ),
                ),
                (
                    "to_office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organ",
                        verbose_name="转入选区工作组",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="elections.voter",
                        verbose_name="选民",
                    ),
                ),
            ],
            bases=("procedure.matter",),
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "matter_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="procedure.matter",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("left_out", "应列入而未列入"),
                            ("wrongly_in", "不应列入而列入"),
                            ("mistake", "姓名、性别等有误"),
                            ("district", "应列入其他选区"),
                        ],
                        max_length=12,
                        verbose_name="申诉类别",
                    ),
                ),
                ("objector", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="申诉人")),
                ("phone", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="联系电话")),
                (
                    "concerned",
                    renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="涉及的人"),
                ),
                ("content", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="申诉内容")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "维持名单"),
                            ("corrected", "更正名单"),
                            ("not_admitted", "不予受理"),
                            ("withdrawn", "撤回"),
                        ],
                        max_length=14,
                        verbose_name="处理结果",
                    ),
                ),
                ("court", models.CharField(blank=True, max_length=100, verbose_name="受理法院")),
                ("case_number", models.CharField(blank=True, max_length=60, verbose_name="案号")),
                ("applied", models.JSONField(default=list, editable=False)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
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
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organ",
                        verbose_name="选区工作组",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.voter",
                        verbose_name="涉及的登记",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["left_out", "wrongly_in", "mistake", "district"])),
                        name="objection_ground",
                    )
                ],
            },
            bases=("procedure.matter",),
        ),
        migrations.CreateModel(
            name="Print",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("poster_a3", "张榜名单（A3）"),
                            ("poster_a4", "张榜名单（A4）"),
                            ("cards", "选民证（A4，每页八张）"),
                            ("card", "选民证（单张）"),
                        ],
                        max_length=10,
                        verbose_name="内容",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="补正号")),
                ("base", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "排队"), ("running", "制作中"), ("done", "已完成"), ("failed", "未完成")],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("progress", models.JSONField(default=dict)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("unprintable", models.CharField(blank=True, max_length=200)),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("items", models.PositiveIntegerField(default=0, verbose_name="份数")),
                ("by", models.CharField(max_length=200, verbose_name="制作人")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
                    ),
                ),
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
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.election",
                        verbose_name="选举",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["election", "-id"], name="voter_print_election")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "done"), _negated=True), ("file__isnull", False), _connector="OR"),
                        name="voter_print_file",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("division", "natural_key"),
                name="elections_publication_key",
                violation_error_message="同一区划内已有相同的记录",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="elections_publication_void",
                violation_error_message="作废必须写明原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("district", "number"),
                name="voter_list_once",
                violation_error_message="这个选区的选民名单已经公布",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_days", 0), models.Q(("late_reason", ""), _negated=True), _connector="OR"),
                name="voter_list_late",
                violation_error_message="超过法定期限公布的，须写明原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="listed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_by__isnull", True)),
                fields=("election", "voter"),
                name="listed_once",
                violation_error_message="同一选民只能列入一个选区的名单",
            ),
        ),
        migrations.AddConstraint(
            model_name="listed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_by__isnull", True)), fields=("district", "place"), name="listed_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="listed",
            constraint=models.UniqueConstraint(fields=("code", "publication"), name="listed_code"),
        ),
        migrations.AddConstraint(
            model_name="listed",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_by__isnull", True), models.Q(("ended_why", ""), _negated=True), _connector="OR"),
                name="listed_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_district", models.F("to_district")), _negated=True),
                name="transfer_districts",
                violation_error_message="转出选区和转入选区不能相同",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled", False)),
                fields=("voter",),
                name="transfer_open",
                violation_error_message="该选民已有一件正在办理的转移",
            ),
        ),
    ]
