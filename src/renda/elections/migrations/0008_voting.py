import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0007_candidates"),
    ]

    operations = [
        migrations.AlterField(
            model_name="elected",
            name="round",
            field=models.CharField(
                choices=[("first", "第一次投票"), ("rerun", "另行选举"), ("tie", "就票数相等者再次投票")],
                default="first",
                max_length=8,
                verbose_name="当选轮次",
            ),
        ),
        migrations.AlterField(
            model_name="turnout",
            name="round",
            field=models.CharField(
                choices=[("first", "第一次投票"), ("rerun", "另行选举"), ("tie", "就票数相等者再次投票")],
                default="first",
                max_length=8,
                verbose_name="投票轮次",
            ),
        ),
        migrations.CreateModel(
            name="VoteRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "第一次投票"), ("rerun", "另行选举"), ("tie", "就票数相等者再次投票")],
                        max_length=8,
                        verbose_name="投票轮次",
                    ),
                ),
                ("day", models.DateField(verbose_name="投票日期")),
                ("seats", models.PositiveSmallIntegerField(verbose_name="应选名额")),
                ("voters", models.PositiveIntegerField(verbose_name="选民数")),
                (
                    "voters_from",
                    models.CharField(
                        choices=[("roll", "选民登记册"), ("ledger", "选民登记汇总"), ("entered", "手工填写")],
                        max_length=8,
                        verbose_name="选民数来源",
                    ),
                ),
                ("article", models.CharField(max_length=300, verbose_name="依据")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("printed", models.PositiveIntegerField(blank=True, null=True, verbose_name="印制选票数")),
                ("opened_by", models.CharField(max_length=200, verbose_name="开设人")),
                ("opened_at", models.DateTimeField(verbose_name="开设时间")),
                ("result", models.JSONField(blank=True, null=True, verbose_name="计票结果")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="数据摘要")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="核定时间")),
                ("settled_by", models.CharField(blank=True, max_length=200, verbose_name="核定人")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="选举委员会确认日期")),
                ("confirmed_by", models.CharField(blank=True, max_length=200, verbose_name="确认登记人")),
                ("voided_at", models.DateTimeField(editable=False, null=True)),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="elections.voteround",
                        verbose_name="前一轮",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
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
                        related_name="rounds",
                        to="elections.election",
                        verbose_name="选举",
                    ),
                ),
            ],
            options={
                "ordering": ["district_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)), fields=("district", "number"), name="round_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True), ("voided_at__isnull", True)),
                        fields=("district",),
                        name="round_open_once",
                        violation_error_message="这个选区还有一轮投票没有核定结果",
                    ),
                    models.CheckConstraint(condition=models.Q(("seats__gte", 1), ("seats__lte", 3)), name="round_seats"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "first"), ("after__isnull", False), _connector="OR"), name="round_follows"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True), models.Q(("digest", ""), _negated=True), _connector="XOR"
                        ),
                        name="round_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_on__isnull", True), ("settled_at__isnull", False), _connector="OR"),
                        name="round_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="round_void",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("name", models.CharField(max_length=60, verbose_name="候选人姓名")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="candidates", to="elections.voteround"
                    ),
                ),
            ],
            options={
                "ordering": ["round", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "name"), name="round_candidate"),
                    models.UniqueConstraint(fields=("round", "place"), name="round_candidate_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BallotBox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="投票场所、票箱")),
                (
                    "kind",
                    models.CharField(
                        choices=[("meeting", "选举大会会场"), ("station", "投票站"), ("mobile_box", "流动票箱")],
                        max_length=12,
                        verbose_name="投票组织形式",
                    ),
                ),
                ("allotted", models.PositiveIntegerField(blank=True, null=True, verbose_name="领取选票数")),
                ("issued", models.PositiveIntegerField(blank=True, null=True, verbose_name="发出选票数")),
                ("returned", models.PositiveIntegerField(blank=True, null=True, verbose_name="收回选票数")),
                ("unused", models.PositiveIntegerField(blank=True, null=True, verbose_name="剩余选票数")),
                ("destroyed_on", models.DateField(blank=True, null=True, verbose_name="剩余选票销毁日期")),
                ("destroyed_by", models.CharField(blank=True, max_length=100, verbose_name="监销人")),
                ("sheet", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.pollingplace",
                        verbose_name="投票场所",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boxes", to="elections.voteround"
                    ),
                ),
            ],
            options={
                "ordering": ["round", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "name"), name="box_name", violation_error_message="这一轮已有同名的票箱"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("allotted__isnull", True),
                            ("issued__isnull", True),
                            ("unused__isnull", True),
                            (
                                "allotted",
                                django.db.models.expressions.CombinedExpression(models.F("issued"), "+", models.F("unused")),
                            ),
                            _connector="OR",
                        ),
                        name="box_ballots",
                        violation_error_message="发出与剩余的选票之和不等于领取的选票",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HourlyTurnout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="日期")),
                ("hour", models.PositiveSmallIntegerField(verbose_name="截至几时")),
                ("persons", models.PositiveIntegerField(verbose_name="本人投票")),
                ("proxied", models.PositiveIntegerField(verbose_name="委托投票")),
                ("by", models.CharField(max_length=200, verbose_name="填报人")),
                ("at", models.DateTimeField(verbose_name="填报时间")),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="elections.ballotbox"
                    ),
                ),
            ],
            options={
                "ordering": ["box", "on", "hour"],
                "constraints": [
                    models.UniqueConstraint(fields=("box", "on", "hour"), name="turnout_hour"),
                    models.CheckConstraint(condition=models.Q(("hour__gte", 0), ("hour__lte", 24)), name="turnout_hour_of_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("look", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("account_id", models.BigIntegerField()),
                ("by", models.CharField(max_length=200, verbose_name="录入人")),
                ("at", models.DateTimeField(verbose_name="录入时间")),
                ("recovered", models.PositiveIntegerField(verbose_name="收回选票数")),
                ("void", models.PositiveIntegerField(verbose_name="废票数")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="elections.voteround"
                    ),
                ),
            ],
            options={
                "ordering": ["round", "look"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "look"),
                        name="tally_look",
                        violation_error_message="这一组的计票数已有人录入，请刷新页面",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("look__lte", 3)),
                        fields=("round", "account_id"),
                        name="tally_other_account",
                        violation_error_message="两组计票和复核须由不同的账号录入",
                    ),
                    models.CheckConstraint(condition=models.Q(("look__gte", 1)), name="tally_look_counts"),
                    models.CheckConstraint(
                        condition=models.Q(("void__lte", models.F("recovered"))),
                        name="tally_void",
                        violation_error_message="废票数多于收回的选票数",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("look__lt", 3), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="tally_reason",
                        violation_error_message="复核和更正必须写明原因",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TallyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("listed", models.BooleanField(verbose_name="列名候选人")),
                ("votes", models.PositiveIntegerField(verbose_name="得票数")),
                ("against", models.PositiveIntegerField(blank=True, null=True, verbose_name="反对票")),
                ("abstain", models.PositiveIntegerField(blank=True, null=True, verbose_name="弃权票")),
                (
                    "tally",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="elections.tally"),
                ),
            ],
            options={
                "ordering": ["tally", "-listed", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tally", "name"), name="tally_name", violation_error_message="同一姓名写了两次"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VoteProxy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[("away", "选举期间外出"), ("ill", "疾病、残疾等不能到场"), ("other", "其他特殊原因")],
                        max_length=8,
                        verbose_name="委托原因",
                    ),
                ),
                ("reason_note", models.CharField(blank=True, max_length=200, verbose_name="原因说明")),
                ("written_on", models.DateField(verbose_name="书面委托日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待同意"), ("agreed", "已同意"), ("refused", "未同意"), ("revoked", "已撤销")],
                        default="asked",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="选举委员会决定日期")),
                ("decision_note", models.CharField(blank=True, max_length=200, verbose_name="决定说明")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("revoke_reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="elections.voter", verbose_name="委托人"
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.voter",
                        verbose_name="受委托人",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("principal", models.F("proxy")), _negated=True),
                        name="proxy_other",
                        violation_error_message="不能委托本人投票",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "agreed"))),
                        fields=("principal",),
                        name="proxy_once",
                        violation_error_message="这名选民已经委托他人投票；改委托须先撤销原来的委托",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed")),
                        fields=("proxy", "slot"),
                        name="proxy_slot",
                        violation_error_message="每一选民接受的委托不得超过三人（选举法第四十二条）",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agreed"), _negated=True),
                            models.Q(("slot__gte", 1), ("slot__isnull", False), ("slot__lte", 3)),
                            _connector="OR",
                        ),
                        name="proxy_three",
                        violation_error_message="每一选民接受的委托不得超过三人（选举法第四十二条）",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "revoked"), _negated=True),
                            models.Q(("revoke_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proxy_revoked",
                    ),
                ],
            },
        ),
    ]
