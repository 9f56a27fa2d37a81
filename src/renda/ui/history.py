"""A record's journal as people read it: who did what, when, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from renda.directory import names
from renda.journal.models import Entry
from renda.registers import registry
from renda.registers.columns import Column
from renda.registers.register import Register
from renda.ui.words import said

MOST = 100
TIMELINE = ("step.taken", "step.undone", "matter.linked", "matter.unlinked")
"""What the timeline of a matter and the list of its links say already (the latter to those who see both)."""
ACTIONS = {
    "record.created": gettext_lazy("登记"),
    "record.changed": pgettext_lazy("journal", "修改"),
    "record.voided": pgettext_lazy("journal", "作废"),
    "secret.revealed": gettext_lazy("查看保密内容"),
    "secret.exported": gettext_lazy("导出保密内容"),
    "ledgers.exported": gettext_lazy("导出全部台账"),
    "step.taken": gettext_lazy("办理"),
    "step.undone": gettext_lazy("更正步骤"),
    "deadlines.moved": gettext_lazy("期限变动"),
    "list.exported": pgettext_lazy("journal", "导出"),
    "rows.imported": gettext_lazy("导入台账"),
    "ledgers.uploaded": gettext_lazy("上传台账文件"),
    "ledgers.dropped": gettext_lazy("放弃导入"),
    "ledgers.imported": gettext_lazy("导入台账"),
    "ledgers.mapped": gettext_lazy("记住表头对应"),
    "roll.uploaded": gettext_lazy("上传选民名单"),
    "roll.imported": gettext_lazy("导入选民名单"),
    "roll.dropped": gettext_lazy("放弃导入选民名单"),
    "roll.carried": gettext_lazy("沿用上届选民"),
    "roll.searched": gettext_lazy("选民查重"),
    "voter.entered": gettext_lazy("录入选民"),
    "voter.changed": gettext_lazy("更正选民登记"),
    "voter.moved": gettext_lazy("划入划出选区"),
    "voter.off": gettext_lazy("选民除名"),
    "voter.restored": gettext_lazy("列入选民登记册"),
    "voter.likeness": gettext_lazy("查重结论"),
    "divisions.entered": gettext_lazy("登记行政区划"),
    "matter.linked": gettext_lazy("关联事项"),
    "matter.unlinked": gettext_lazy("取消关联"),
    "files.attached": gettext_lazy("添加附件"),
    "files.voided": gettext_lazy("作废附件"),
    "files.opened": gettext_lazy("打开保密附件"),
    "files.sealed": gettext_lazy("加密附件"),
    "letter.made": gettext_lazy("生成文书"),
    "letter.opened": gettext_lazy("打开文书"),
    "template.changed": gettext_lazy("修改文书模板"),
    "template.restored": gettext_lazy("恢复文书模板"),
    "petition.rated": gettext_lazy("信访人评价办理情况"),
    "portal.notice": gettext_lazy("更新公开信息"),
    "plan.from_report": gettext_lazy("由报告列入计划"),
    "account.sign_in": gettext_lazy("登录"),
    "account.password": gettext_lazy("改了密码"),
    "account.mail": gettext_lazy("修改提醒邮箱"),
    "account.created": gettext_lazy("建立账号"),
    "account.hat_given": gettext_lazy("增加身份"),
    "account.hat_taken": gettext_lazy("收回身份"),
    "account.password_reset": gettext_lazy("重置密码"),
    "account.locked": gettext_lazy("停用账号"),
    "account.unlocked": gettext_lazy("启用账号"),
    "account.sessions_ended": gettext_lazy("登录下线"),
    "account.hat": gettext_lazy("切换身份"),
    "calendar.feed_made": gettext_lazy("生成日历订阅地址"),
    "calendar.feed_revoked": gettext_lazy("停用日历订阅地址"),
    "account.factor_added": gettext_lazy("添加第二重验证"),
    "account.factor_removed": gettext_lazy("删去第二重验证"),
    "account.factors_taken": gettext_lazy("取消第二重验证"),
    "account.codes_renewed": gettext_lazy("重新生成恢复码"),
    "account.recovery_used": gettext_lazy("使用恢复码"),
    "account.outside_linked": gettext_lazy("绑定统一身份"),
    "account.outside_unlinked": gettext_lazy("解除统一身份绑定"),
    "door.policy": gettext_lazy("修改登录安全规定"),
    "keys.rotated": gettext_lazy("更换加密密钥"),
    "law.packs": gettext_lazy("启用地方规定"),
    "law.choice": gettext_lazy("本县选择"),
    "law.holidays": gettext_lazy("放假安排"),
    "roll.tokens_exported": gettext_lazy("导出比对标记"),
    "roll.tokens_resolved": gettext_lazy("还原比对结果单"),
    "voter.handed_in": gettext_lazy("选民网上登记"),
    "voter.by_matter": gettext_lazy("按申诉、转移更正登记"),
    "voter_list.published": gettext_lazy("公布选民名单"),
    "voter_list.corrected": gettext_lazy("公布补正名单"),
    "voter_print.ordered": gettext_lazy("制作张榜名单、选民证"),
    "voter_print.opened": gettext_lazy("下载张榜名单、选民证"),
    "voter_print.expired": gettext_lazy("张榜名单、选民证到期删除"),
    "voter_card.checked": gettext_lazy("核验选民证"),
    "report.taken_in": gettext_lazy("上传上年报告"),
    "report.settled": gettext_lazy("核定报告数字"),
    "report.remembered": gettext_lazy("记住报告口径"),
    "report.forgotten": gettext_lazy("忘记报告口径"),
    "report.renamed": gettext_lazy("修改报告信息"),
    "report.voided": gettext_lazy("作废报告"),
    "report.issued": gettext_lazy("印发报告"),
    "election.seats_adopted": gettext_lazy("采用名额分配建议"),
    "election.act_done": gettext_lazy("标为完成"),
    "election.act_undone": gettext_lazy("撤销完成标记"),
    "election.day_moved": gettext_lazy("变更选举日"),
    "election.feed_made": gettext_lazy("生成选举日程订阅地址"),
    "election.feed_revoked": gettext_lazy("停用选举日程订阅地址"),
    "election.map_drawn": gettext_lazy("上传选区地图"),
    "election.map_removed": gettext_lazy("撤下选区地图"),
    "nominee.entered": gettext_lazy("登记被推荐人"),
    "nominee.nominated": gettext_lazy("登记推荐"),
    "nominee.refused": gettext_lazy("登记不成立的推荐"),
    "nominee.nomination_voided": gettext_lazy("作废推荐"),
    "nominee.corrected": gettext_lazy("更正被推荐人情况"),
    "nominee.left": gettext_lazy("登记不接受推荐"),
    "nominee.struck": gettext_lazy("依法除名"),
    "nominee.voided": gettext_lazy("作废被推荐人登记"),
    "nominee.form_made": gettext_lazy("下载候选人登记表"),
    "candidates.first_published": gettext_lazy("公布初步候选人名单"),
    "candidates.formal_published": gettext_lazy("公布正式候选人名单"),
    "candidates.first_undone": gettext_lazy("撤销初步候选人名单"),
    "candidates.formal_undone": gettext_lazy("撤销正式候选人名单"),
    "candidates.consulted": gettext_lazy("登记讨论协商"),
    "candidates.pre_elected": gettext_lazy("登记预选结果"),
    "candidates.pre_election_voided": gettext_lazy("作废预选结果"),
    "announcement.issued": gettext_lazy("发布公告"),
    "announcement.voided": gettext_lazy("作废公告"),
    "round.opened": gettext_lazy("开设投票"),
    "round.voided": gettext_lazy("作废投票轮次"),
    "ballots.printed": gettext_lazy("登记印制选票"),
    "box.added": gettext_lazy("增加票箱"),
    "box.ballots": gettext_lazy("登记票箱选票数"),
    "turnout.told": gettext_lazy("填报投票人数"),
    "sheet.read": gettext_lazy("读入投票登记表"),
    "proxy.asked": gettext_lazy("登记委托投票"),
    "proxy.agreed": gettext_lazy("同意委托投票"),
    "proxy.refused": gettext_lazy("不同意委托投票"),
    "proxy.revoked": gettext_lazy("撤销委托投票"),
    "tally.entered": gettext_lazy("录入计票数"),
    "tally.changed": gettext_lazy("修改本组计票数"),
    "tally.settled": gettext_lazy("复核计票差异"),
    "tally.corrected": gettext_lazy("更正计票结果"),
    "round.settled": gettext_lazy("核定选举结果"),
    "round.settled_again": gettext_lazy("更正后重新核定"),
    "round.confirmed": gettext_lazy("登记选举委员会确认"),
    "recall.signed": gettext_lazy("核对联名选民"),
    "recall.signature_struck": gettext_lazy("联名选民不计入"),
    "outcome.opinion": gettext_lazy("登记代表资格审查意见"),
    "outcome.decided": gettext_lazy("登记代表资格决定"),
    "outcome.published": gettext_lazy("登记公布代表名单"),
    "outcome.seated": gettext_lazy("登记代表职务"),
    "outcome.closed": gettext_lazy("封存选举档案"),
    "outcome.exported": gettext_lazy("导出选举档案"),
}

SUBJECTS = {
    "elections.voter": gettext_lazy("选民"),
    "elections.voter_list": gettext_lazy("选民名单"),
    "elections.nominee": gettext_lazy("被推荐人"),
    "elections.candidate_list": gettext_lazy("候选人名单"),
    "elections.announcement": gettext_lazy("选举公告"),
    "elections.print": gettext_lazy("名单印制"),
    "directory.account": gettext_lazy("账号"),
    "directory.division": gettext_lazy("行政区划"),
    "documents.template": gettext_lazy("文书模板"),
    "figures": gettext_lazy("指标"),
    "ledgers.import": gettext_lazy("台账导入"),
    "elections.roll_import": gettext_lazy("选民名单导入"),
    "ledgers.export": gettext_lazy("台账导出"),
    "ledgers.mapping": gettext_lazy("表头对应"),
    "reports.report": gettext_lazy("年度报告"),
    "reports.remembered": gettext_lazy("报告口径"),
    "lawbook.packs": gettext_lazy("地方规定"),
    "lawbook.choice": gettext_lazy("本县选择"),
    "lawbook.holidays": gettext_lazy("放假安排"),
    "web.policy": gettext_lazy("登录安全规定"),
    "core.keys": gettext_lazy("加密密钥"),
    "portal.notice": gettext_lazy("公众页面"),
    "files.file": gettext_lazy("附件"),
    "elections.round": gettext_lazy("投票轮次"),
    "elections.proxy": gettext_lazy("委托投票"),
}
"""What entries are about, beside registers and kinds of matters."""


@dataclass
class Difference:
    """One column before and after."""

    name: str
    before: str
    after: str


@dataclass
class Event:
    """One line of a history."""

    at: datetime
    who: str
    action: str
    note: str = ""
    changes: list[Difference] = field(default_factory=list)


def of_record(register: Register, pk: int) -> list[Event]:
    """The newest entries about one record. Two queries: the entries, and the people they name by number."""
    kinds = [register.code, *([register.matter_kind] if register.matter_kind else [])]
    told = Entry.objects.filter(subject_kind__in=kinds, subject_id=pk).exclude(action__in=TIMELINE)
    entries = list(told.order_by("-sequence")[:MOST])
    shown = names.qualified_names(_people(register, entries))
    return [_event(register, entry, shown) for entry in entries]


def action_name(code: str) -> str:
    """An action in words; one that is not known here keeps its code."""
    return str(ACTIONS.get(code, code))


def subject_name(code: str) -> str:
    """What an entry is about in words: a register, a kind of matter, a part of the platform; one that is not known keeps its code."""
    return str(SUBJECTS[code]) if code in SUBJECTS else said(_named().get(code, code))


@cache
def _named() -> dict[str, str]:
    return {one.matter_kind: one.name for one in registry.all_registers() if one.matter_kind} | {
        one.code: one.name for one in registry.all_registers()
    }


def who(actor: str) -> str:
    """An actor as a page names it; one that is called like its role is named once."""
    name, _bracket, role = actor.removesuffix("）").partition("（")
    return name if name == role else actor


def _event(register: Register, entry: Entry, shown: Mapping[int, str]) -> Event:
    payload = entry.payload or {}
    event = Event(entry.at, who(entry.actor), action_name(entry.action))
    if payload.get("batch") and entry.action in ("record.created", "record.changed"):
        event.note = _("随台账导入")
    if payload.get("reason"):
        event.note = _("事由：%(reason)s") % {"reason": payload["reason"]}
    if entry.action.startswith("files."):
        event.note = "。".join(filter(None, (entry.subject_label, event.note)))
    if payload.get("column"):
        event.note = f"{said(payload['column'])}。{event.note}"
    for name, (before, after) in payload.get("changes", {}).items():
        column = register.by_field.get(name)
        event.changes.append(
            Difference(said(column.name) if column else name, _words(column, before, shown), _words(column, after, shown))
        )
    return event


def _words(column: Column | None, value: Any, shown: Mapping[int, str]) -> str:
    """What a payload says of a value: personal ones stand there as digests only."""
    if isinstance(value, dict):
        return _("（保密内容）")
    if value in (None, ""):
        return _("（空）")
    if column is not None and column.kind in ("person", "people"):
        people, _plus, rest = str(value).partition("+")
        listed = "、".join(shown.get(int(pk), _("（已删去的人员）")) for pk in people.split(",") if pk.isdigit())
        return f"{listed}等" + _("另 %(n)s 人") % {"n": rest} if rest else listed
    return said(value) if column is not None and column.kind in ("choice", "yes_no") else str(value)


def _people(register: Register, entries: Sequence[Entry]) -> list[int]:
    fields = {c.field for c in register.columns if c.kind in ("person", "people")}
    found: set[int] = set()
    for entry in entries:
        for name, sides in (entry.payload or {}).get("changes", {}).items():
            if name in fields:
                found |= {int(pk) for side in sides if side for pk in str(side).partition("+")[0].split(",") if pk.isdigit()}
    return sorted(found)
