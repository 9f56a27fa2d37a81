"""The candidate form (代表候选人登记表): its fields beyond those that lists publish. They are kept encrypted, as JSON by key.

The law names identity and career alone (选举法 30(2)); what else a county asks is practice, so every field but the name may stay empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renda.elections.models import Nominee

LONGEST = 2000


@dataclass(frozen=True)
class Field:
    """One field: its key, what the form calls it, whether it takes several lines."""

    key: str
    label: str | Promise
    long: bool = False
    help: str | Promise = ""


GROUPS: tuple[tuple[str | Promise, tuple[Field, ...]], ...] = (
    (
        _("个人情况"),
        (
            Field("former_name", _("曾用名")),
            Field("native_place", _("籍贯")),
            Field("birth_place", _("出生地")),
            Field("joined_on", _("入党（加入党派）时间")),
            Field("work_since", _("参加工作时间")),
            Field("health", _("健康状况")),
            Field("household_at", _("户籍所在地")),
            Field("degree", _("学位")),
            Field("school", _("毕业院校及专业")),
            Field("title", _("专业技术职务")),
            Field("occupation", _("职业")),
            Field("mail", _("电子邮箱")),
        ),
    ),
    (
        _("任职情况"),
        (
            Field("deputy_now", _("现任各级人大代表情况"), help=_("如：本县第十一届、龙潭镇第十八届人大代表。")),
            Field("deputy_before", _("历任各级人大代表情况")),
            Field("cppcc", _("现任政协委员情况")),
            Field("elsewhere", _("在其他行政区域担任或者被推荐为代表的情况"), help=_("没有的写“无”（选举法第四十八条）。")),
            Field("social_posts", _("社会兼职")),
            Field("committee_post", _("在选举机构担任的职务"), help=_("选举委员会成员被推荐的，应当辞去职务（选举法第十条）。")),
        ),
    ),
    (
        _("需要如实说明的情况"),
        (
            Field("citizenship", _("国籍、境外永久或者长期居留许可")),
            Field("foreign_funds", _("接受境外机构、组织、个人资助的情况"), help=_("没有的写“无”（选举法第三十五条）。")),
            Field("offences", _("受过刑事处罚、治安处罚、党纪政务处分的情况"), long=True),
            Field("awards", _("获得荣誉、奖励情况"), long=True),
            Field("family", _("家庭主要成员和重要社会关系"), long=True),
        ),
    ),
    (
        _("推荐和审查意见"),
        (
            Field("reasons", _("推荐理由"), long=True),
            Field("nominator_opinion", _("推荐单位（联名选民代表）意见"), long=True),
            Field("unit_opinion", _("所在单位或者村（居）民委员会意见"), long=True),
            Field("committee_opinion", _("选举委员会意见"), long=True),
        ),
    ),
)  # fmt: skip
FIELDS: tuple[Field, ...] = tuple(one for _name, fields in GROUPS for one in fields)


def read(nominee: Nominee) -> dict[str, str]:
    """The answers by key; those not given are not among them."""
    found: dict[str, str] = json.loads(str(nominee.details)) if nominee.details else {}
    return found


def written(answers: Mapping[str, str]) -> str:
    """The answers as they are kept; empty ones are left out."""
    known = {one.key for one in FIELDS}
    kept = {key: text.strip()[:LONGEST] for key, text in answers.items() if key in known and text.strip()}
    return json.dumps(kept, ensure_ascii=False) if kept else ""
