import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import renda.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0006_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="CandidateList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "初步候选人名单"), ("formal", "正式候选人名单")], max_length=8, verbose_name="名单"
                    ),
                ),
                ("published_on", models.DateField(verbose_name="公布日期")),
                ("due_on", models.DateField(null=True, verbose_name="公布期限")),
                ("late_days", models.PositiveIntegerField(default=0, verbose_name="超期天数")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="超期原因")),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "未超过最高差额，全部列入"),
                            ("consulted", "选民小组讨论协商，根据较多数选民的意见确定"),
                            ("pre_election", "预选，按得票多少的顺序确定"),
                        ],
                        max_length=14,
                        verbose_name="确定方式",
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("strokes", "姓氏笔画"),
                            ("pinyin", "姓名拼音"),
                            ("entered", "推荐先后"),
                            ("votes", "预选得票多少"),
                        ],
                        default="strokes",
                        max_length=10,
                        verbose_name="排列顺序",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("by", models.CharField(max_length=200, verbose_name="登记人")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="撤销时间")),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidate_lists",
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
                "ordering": ["district_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="讨论日期")),
                ("present", models.PositiveIntegerField(verbose_name="参加人数")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="主要意见")),
                ("by", models.CharField(max_length=200, verbose_name="登记人")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="elections.votergroup",
                        verbose_name="选民小组",
                    ),
                ),
            ],
            options={
                "ordering": ["district_id", "held_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IntroductionMeeting",
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
                (
                    "asked_by",
                    models.CharField(
                        choices=[("voters", "选民要求"), ("committee", "选举委员会安排")],
                        default="voters",
                        max_length=10,
                        verbose_name="由谁提出",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="举行日期")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                ("candidates", models.CharField(blank=True, max_length=200, verbose_name="到会候选人")),
                ("present", models.PositiveIntegerField(blank=True, null=True, verbose_name="到会选民人数")),
                ("questions", models.TextField(blank=True, verbose_name="提问和回答要点")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
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
                "ordering": ["-asked_on", "district_id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "政党推荐"),
                            ("organisation", "人民团体推荐"),
                            ("joint", "政党、人民团体联合推荐"),
                            ("voters", "选民联名推荐"),
                        ],
                        max_length=12,
                        verbose_name="推荐方式",
                    ),
                ),
                ("nominators", models.JSONField(default=list, verbose_name="推荐的组织")),
                ("signed", models.PositiveIntegerField(default=0, verbose_name="签名人数")),
                ("counted", models.PositiveIntegerField(default=0, verbose_name="有效签名人数")),
                ("received_on", models.DateField(verbose_name="收到推荐日期")),
                ("reasons", models.CharField(blank=True, max_length=500, verbose_name="推荐理由")),
                (
                    "state",
                    models.CharField(choices=[("stands", "成立"), ("refused", "不成立")], max_length=8, verbose_name="是否成立"),
                ),
                ("refused", models.CharField(blank=True, max_length=500, verbose_name="不成立的原因")),
                ("by", models.CharField(max_length=200, verbose_name="登记人")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("voided_at", models.DateTimeField(editable=False, null=True)),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
                    ),
                ),
            ],
            options={
                "ordering": ["nominee_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Nominee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("sex", models.CharField(choices=[("male", "男"), ("female", "女")], max_length=8, verbose_name="性别")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="出生日期")),
                ("nationality", models.CharField(blank=True, max_length=20, verbose_name="民族")),
                ("party", models.CharField(blank=True, max_length=30, verbose_name="党派")),
                ("education", models.CharField(blank=True, max_length=30, verbose_name="学历")),
                ("post", models.CharField(blank=True, max_length=150, verbose_name="工作单位及职务")),
                ("sector", models.CharField(blank=True, max_length=40, verbose_name="代表构成")),
                ("reelected", models.BooleanField(default=False, verbose_name="本届代表")),
                ("resume", models.TextField(blank=True, verbose_name="简历")),
                (
                    "identity_number",
                    renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="身份证号"),
                ),
                ("identity_hash", renda.core.fields.KeyedHashField(source="identity_number")),
                ("phone", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="联系电话")),
                ("address", renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="住址")),
                (
                    "details",
                    renda.core.fields.EncryptedTextField(blank=True, editable=True, null=True, verbose_name="登记表其他内容"),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("proposed", "推荐未成立"),
                            ("nominated", "已依法推荐"),
                            ("first", "初步候选人"),
                            ("formal", "正式候选人"),
                            ("left", "不接受推荐"),
                            ("struck", "依法除名"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名单次序")),
                ("consented_on", models.DateField(blank=True, null=True, verbose_name="接受推荐日期")),
                ("informed_on", models.DateField(blank=True, null=True, verbose_name="如实提供情况日期")),
                ("untrue", models.CharField(blank=True, max_length=300, verbose_name="查明不实、已向选民通报的情况")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="退出、除名日期")),
                ("left_why", models.CharField(blank=True, max_length=300, verbose_name="退出、除名原因")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("voided_at", models.DateTimeField(editable=False, null=True)),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
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
                        related_name="nominees",
                        to="elections.election",
                        verbose_name="选举",
                    ),
                ),
            ],
            options={
                "ordering": ["district_id", "place", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NominationSigner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counts", models.BooleanField(default=True)),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signers", to="elections.nomination"
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="elections.voter",
                        verbose_name="联名选民",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="elections.nominee"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="nomination",
            name="nominee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nominations",
                to="elections.nominee",
                verbose_name="被推荐人",
            ),
        ),
        migrations.CreateModel(
            name="ListedCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="elections.candidatelist"
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="listed", to="elections.nominee"),
                ),
            ],
            options={
                "ordering": ["list_id", "place"],
            },
        ),
        migrations.CreateModel(
            name="GroupSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("supporters", models.PositiveIntegerField(verbose_name="赞成人数")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="support", to="elections.consultation"
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support", to="elections.nominee"
                    ),
                ),
            ],
            options={
                "ordering": ["consultation_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PreElection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="预选日期")),
                ("mode", models.CharField(blank=True, max_length=200, verbose_name="预选方式")),
                ("voters", models.PositiveIntegerField(verbose_name="选民数")),
                ("participants", models.PositiveIntegerField(verbose_name="参加人数")),
                ("issued", models.PositiveIntegerField(verbose_name="发出票数")),
                ("returned", models.PositiveIntegerField(verbose_name="收回票数")),
                ("valid", models.PositiveIntegerField(verbose_name="有效票数")),
                ("void", models.PositiveIntegerField(verbose_name="废票数")),
                ("by", models.CharField(max_length=200, verbose_name="登记人")),
                ("voided_at", models.DateTimeField(editable=False, null=True)),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pre_elections",
                        to="elections.electoraldistrict",
                        verbose_name="选区",
                    ),
                ),
            ],
            options={
                "ordering": ["district_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PreVotes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("votes", models.PositiveIntegerField(verbose_name="得票数")),
                (
                    "nominee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="elections.nominee"),
                ),
                (
                    "pre_election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="elections.preelection"
                    ),
                ),
            ],
            options={
                "ordering": ["pre_election_id", "-votes", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="种类")),
                ("number", models.PositiveIntegerField(verbose_name="公告号")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("issued_on", models.DateField(verbose_name="发布日期")),
                ("said", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=200, verbose_name="发布人")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="作废时间")),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=300, verbose_name="作废原因")),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="announcements",
                        to="elections.election",
                        verbose_name="选举",
                    ),
                ),
            ],
            options={
                "ordering": ["election_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("election", "number"), name="announcement_number"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="announcement_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="announcement_void",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="candidatelist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("district", "kind"),
                name="candidate_list_once",
                violation_error_message="这个选区的这份名单已经公布",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidatelist",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_days", 0), models.Q(("late_reason", ""), _negated=True), _connector="OR"),
                name="candidate_list_late",
                violation_error_message="超过法定期限公布的，须写明原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidatelist",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "first"), models.Q(("how", ""), _negated=True), _connector="XOR"),
                name="candidate_list_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidatelist",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="candidate_list_void",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                fields=("group", "held_on"), name="consultation_once", violation_error_message="这个小组这一天的讨论已经登记"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(condition=models.Q(("present__gte", 1)), name="consultation_present"),
        ),
        migrations.AddConstraint(
            model_name="introductionmeeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("division", "natural_key"),
                name="elections_introductionmeeting_key",
                violation_error_message="同一区划内已有相同的记录",
            ),
        ),
        migrations.AddConstraint(
            model_name="introductionmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="elections_introductionmeeting_void",
                violation_error_message="作废必须写明原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="introductionmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("held_on__isnull", True), ("held_on__gte", models.F("asked_on")), _connector="OR"),
                name="introduction_days",
                violation_error_message="举行日期早于提出日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="nominee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("identity_hash__isnull", False), ("voided_at__isnull", True)),
                fields=("election", "identity_hash"),
                name="nominee_once",
                violation_error_message="此人在这次选举中已被推荐，不能重复登记；再有推荐的，在原来的被推荐人名下登记",
            ),
        ),
        migrations.AddConstraint(
            model_name="nominee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("district", "name"),
                name="nominee_name",
                violation_error_message="这个选区已有同名的被推荐人；同名不是同一人的，请在姓名后加注区别，如“张伟（石桥村）”",
            ),
        ),
        migrations.AddConstraint(
            model_name="nominee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("left_on__isnull", False), ("stage__in", ("left", "struck")), models.Q(("left_why", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("stage__in", ("left", "struck")), _negated=True), ("left_on__isnull", True), ("left_why", "")
                    ),
                    _connector="OR",
                ),
                name="nominee_left",
                violation_error_message="退出、除名的须写明日期和原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="nominee",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="nominee_void",
            ),
        ),
        migrations.AddConstraint(
            model_name="nominationsigner",
            constraint=models.UniqueConstraint(
                fields=("nomination", "voter"), name="signer_once", violation_error_message="同一选民在一份推荐上只计一次"
            ),
        ),
        migrations.AddConstraint(
            model_name="nominationsigner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("counts", True)),
                fields=("nominee", "voter"),
                name="signer_nominee",
                violation_error_message="这名选民已经联名推荐过此人，只计一次",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "refused"), ("refused", ""), _connector="XOR"), name="nomination_refused"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("counted__lte", models.F("signed"))), name="nomination_counted"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="nomination_void",
            ),
        ),
        migrations.AddConstraint(
            model_name="listedcandidate",
            constraint=models.UniqueConstraint(fields=("list", "nominee"), name="listed_candidate"),
        ),
        migrations.AddConstraint(
            model_name="listedcandidate",
            constraint=models.UniqueConstraint(fields=("list", "place"), name="listed_candidate_place"),
        ),
        migrations.AddConstraint(
            model_name="groupsupport",
            constraint=models.UniqueConstraint(fields=("consultation", "nominee"), name="group_support"),
        ),
        migrations.AddConstraint(
            model_name="preelection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("district",),
                name="pre_election_once",
                violation_error_message="这个选区的预选已经登记；有误的请先作废",
            ),
        ),
        migrations.AddConstraint(
            model_name="preelection",
            constraint=models.CheckConstraint(
                condition=models.Q(("participants__lte", models.F("voters"))),
                name="pre_election_voters",
                violation_error_message="参加预选的人数多于选民数",
            ),
        ),
        migrations.AddConstraint(
            model_name="preelection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned", django.db.models.expressions.CombinedExpression(models.F("valid"), "+", models.F("void"))),
                    ("returned__lte", models.F("issued")),
                ),
                name="pre_election_ballots",
                violation_error_message="收回的票多于发出的票，或者有效票与废票之和不等于收回的票",
            ),
        ),
        migrations.AddConstraint(
            model_name="preelection",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"),
                name="pre_election_void",
            ),
        ),
        migrations.AddConstraint(
            model_name="prevotes",
            constraint=models.UniqueConstraint(fields=("pre_election", "nominee"), name="pre_votes"),
        ),
    ]
