"""What the placeholders of an announcement hold: from the records of the election. What is not recorded yet refuses the announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from renda.directory.models.people import Sex
from renda.documents.days import spoken
from renda.documents.registry import Sender, Template, Values
from renda.elections import legal
from renda.elections.candidates import changes
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.letters.words import Kind
from renda.elections.models import (
    BodyKind,
    BodyMember,
    CandidateList,
    Elected,
    Election,
    ElectionBody,
    ElectoralDistrict,
    IntroductionMeeting,
    ListedCandidate,
    ListKind,
    Nominee,
    PollingPlace,
    PreElection,
    Publication,
    RegistrationStation,
    SeatDecision,
    VoteRound,
)
from renda.law import LawError
from renda.law.citing import cite_together

Found = dict[str, Any]
SEXES = {code: str(label) for code, label in Sex.choices}
ORDERS = {"strokes": "以姓氏笔画为序", "pinyin": "以姓名拼音为序", "entered": "以推荐先后为序", "votes": "以预选得票多少为序"}


def sender(*, election: Election) -> Sender:
    """The election committee; the directory does not list it as an organ."""
    return Sender(None, election.division.name[:1], election.division)


def of_announcement(
    template: Template, *, election: Election, kind: Kind, district: ElectoralDistrict | None, number: int, on: date, asked: Mapping[str, Any]
) -> Values:  # fmt: skip
    """The words of an announcement. Raises CandidateFault where what it would announce is not recorded."""
    found: Found = {
        "发文机关": election.committee_name,
        "公告号": str(number),
        "选举名称": election.name,
        "选举日": spoken(election.election_day),
        "成文日期": spoken(on),
        "依据": _basis(election, kind),
        "选区": district.name if district else "",
    }
    found |= _MAKERS.get(kind.code, _nothing)(election, district)
    found |= {word.name: asked[word.name] for word in kind.asked if asked.get(word.name)}
    return template.filled(found)


def _basis(election: Election, kind: Kind) -> str:
    law, found = legal.law_on(election), []
    for key in kind.basis:
        try:
            found.append(law(key).citation)
        except LawError:
            continue
    return cite_together(found) if found else ""


def _nothing(election: Election, district: ElectoralDistrict | None) -> Found:
    return {}


def _some(lines: Sequence[str], words: str) -> list[str]:
    if not lines:
        raise CandidateFault(words)
    return list(lines)


def _committee(election: Election, district: ElectoralDistrict | None) -> Found:
    body = ElectionBody.objects.alive().filter(election=election, kind=BodyKind.COMMITTEE).order_by("pk").first()
    if body is None:
        raise CandidateFault(_("还没有登记选举委员会，请先在“选区与名额”的选举机构中登记。"))
    people = BodyMember.objects.alive().filter(body=body, until__isnull=True).order_by("pk")
    order = {"chair": 0, "vice": 1, "leader": 2, "deputy": 3}
    rows = sorted(people, key=lambda one: order.get(one.post, 9))
    lines = [f"{one.get_post_display()}：{one.name}{f'（{one.unit}）' if one.unit else ''}" for one in rows]
    return {
        "任命机关": body.appointed_by, "任命日期": spoken(body.appointed_on), "办公地址": body.address, "联系电话": str(body.phone or ""),
        "组成人员": _some(lines, _("还没有登记选举委员会的组成人员，请先登记。")),
    }  # fmt: skip


def _seats(election: Election, district: ElectoralDistrict | None) -> Found:
    newest: dict[int, SeatDecision] = {}
    rows = SeatDecision.objects.alive().filter(election=election).select_related("division").order_by("decided_on", "pk")
    for one in rows:
        newest[one.division_id] = one
    lines = [
        f"{one.division.name}人民代表大会代表 {one.seats} 名（{one.decided_by}{spoken(one.decided_on)}决定）。"
        for one in newest.values()
    ]
    return {"名额": _some(lines, _("还没有登记代表名额决定，请先在“选区与名额”中登记。"))}


def _districts(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = list(ElectoralDistrict.objects.alive().filter(election=election).order_by("division__path", "code", "pk"))
    lines = [f"{one.name}：{f'{one.area}，' if one.area else ''}应选代表 {one.seats} 名。" for one in rows]
    words = _("还没有划分选区，请先在“选区与名额”中划分。")
    return {"选区数": str(len(rows)), "名额合计": str(sum(one.seats for one in rows)), "选区一览": _some(lines, words)}


def _registration(election: Election, district: ElectoralDistrict | None) -> Found:
    stations = RegistrationStation.objects.alive().filter(election__in={election.pk, election.roll_id}).order_by("pk")
    span = "至".join(filter(None, (spoken(election.registration_from), spoken(election.registration_to))))
    return {
        "登记时间": span, "出生日期": spoken(legal.latest_birth(election)),
        "登记站": _some(
            [f"{one.name}{f'：{one.address}' if one.address else ''}" for one in stations],
            _("还没有登记选民登记站，请先在“选民登记”中登记。"),
        ),
    }  # fmt: skip


def _nomination(election: Election, district: ElectoralDistrict | None) -> Found:
    due = changes.legal_dates(election).get(changes.INITIAL)
    least = legal.law_on(election)("elec.cand.nominator.voters").value
    return {"联名人数": str(least), "初步名单期限": spoken(due.date if due else None)}


def _publications(election: Election, *, corrections: bool) -> list[Publication]:
    rows = Publication.objects.alive().filter(election_id=election.roll_id).select_related("district")
    rows = rows.filter(number__gt=0) if corrections else rows.filter(number=0)
    return list(rows.order_by("district__division__path", "district__code", "number"))


def _voter_list(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = _publications(election, corrections=False)
    lines = [
        f"{one.district.name}：{spoken(one.published_on)}公布{f'于{one.place}' if one.place else ''}，{one.voters} 人。"
        for one in rows
    ]
    words = _("选民名单还没有公布，请先在“选民名单”中登记公布。")
    return {"选民总数": str(sum(one.voters for one in rows)), "名单一览": _some(lines, words)}


def _list_correction(election: Election, district: ElectoralDistrict | None) -> Found:
    lines = [
        f"{one.district.name}补正名单第{one.number}号（{spoken(one.published_on)}）：增列 {one.added} 人，除名 {one.removed} 人。"
        for one in _publications(election, corrections=True)
    ]
    return {"名单一览": _some(lines, _("还没有发过补正名单。"))}


def described(one: Nominee) -> str:
    """A candidate as a list publishes: name, sex, nationality, birth, party, education, post, career (选举法 32(1), 基本情况)."""
    born = f"{one.birth_date.year}年{one.birth_date.month}月出生" if one.birth_date else ""
    parts = (one.name, SEXES.get(one.sex, ""), one.nationality, born, one.party, one.education, one.post)
    said = "，".join(part for part in parts if part)
    return f"{said}。{one.resume.strip()}".replace("\n", " ")


def _list_of(kind: ListKind) -> Callable[[Election, ElectoralDistrict | None], Found]:
    def make(election: Election, district: ElectoralDistrict | None) -> Found:
        published = CandidateList.objects.alive().filter(district=district, kind=kind).first()
        if published is None:
            raise CandidateFault(_("“%(name)s”的%(list)s还没有公布，请先登记公布。") % {"name": district, "list": kind.label})
        rows = ListedCandidate.objects.filter(list=published).select_related("nominee").order_by("place")
        return {"排列": ORDERS[published.order], "候选人": [described(one.nominee) for one in rows]}

    return make


def _pre_election(election: Election, district: ElectoralDistrict | None) -> Found:
    held = PreElection.objects.alive().filter(district=district).first()
    if held is None:
        raise CandidateFault(_("“%(name)s”没有登记预选结果，请先登记。") % {"name": district})
    votes = held.votes.select_related("nominee").order_by("-votes", "pk")
    return {
        "预选日期": spoken(held.held_on), "参加人数": str(held.participants), "收回票数": str(held.returned), "有效票数": str(held.valid),
        "废票数": str(held.void), "候选人": [f"{one.nominee.name}　{one.votes} 票" for one in votes],
    }  # fmt: skip


def _meeting(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = IntroductionMeeting.objects.alive().filter(election=election, held_on__isnull=False)
    rows = rows.filter(district=district) if district else rows
    lines = [
        f"{one.district.name}：{spoken(one.held_on)}{f'，{one.place}' if one.place else ''}{f'，到会候选人 {one.candidates}' if one.candidates else ''}。"
        for one in rows.select_related("district").order_by("held_on", "pk")
    ]
    return {"见面安排": _some(lines, _("还没有安排候选人与选民见面，请先在“候选人见面会”中登记举行日期。"))}


def _polling(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = PollingPlace.objects.alive().filter(election__in={election.pk, election.roll_id})
    rows = rows.filter(district=district.name) if district else rows
    lines = [
        f"{f'{one.district}：' if one.district else ''}{one.name}（{one.get_kind_display()}）"
        for one in rows.order_by("division__path", "district", "pk")
    ]
    return {"投票场所": _some(lines, _("还没有登记投票场所，请先登记。"))}


def _result(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = Elected.objects.alive().filter(election=election).order_by("division__path", "district", "pk")
    rows = rows.filter(district=district.name) if district else rows
    names: dict[str, list[str]] = {}
    for name, one in rows.values_list("district", "name"):
        names.setdefault(name, []).append(one)
    lines = [f"{where}：{'、'.join(several)}。" for where, several in names.items()]
    return {"当选": _some(lines, _("还没有核定的选举结果，请先在“计票”中核定。"))}


def _rerun(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = VoteRound.objects.alive().filter(district=district, kind__in=("rerun", "tie")).order_by("-number")
    one = rows.first()
    if one is None:
        raise CandidateFault(_("“%(name)s”没有开设另行选举或者再次投票，请先在“投票”中开设。") % {"name": district})
    return {
        "投票日期": spoken(one.day),
        "应选名额": str(one.seats),
        "候选人": list(one.candidates.values_list("name", flat=True)),
    }


def _by_election(election: Election, district: ElectoralDistrict | None) -> Found:
    rows = ElectoralDistrict.objects.alive().filter(election=election).order_by("division__path", "code", "pk")
    seats = rows.aggregate(n=Sum("seats"))["n"]
    lines = [f"{one.name}：补选代表 {one.seats} 名。" for one in rows] if seats else []
    return {"选区一览": _some(lines, _("还没有登记补选的选区，请先登记。"))}


_MAKERS: dict[str, Callable[[Election, ElectoralDistrict | None], Found]] = {
    "committee": _committee,
    "seats": _seats,
    "districts": _districts,
    "registration": _registration,
    "nomination": _nomination,
    "voter_list": _voter_list,
    "list_correction": _list_correction,
    "first_list": _list_of(ListKind.FIRST),
    "pre_election": _pre_election,
    "formal_list": _list_of(ListKind.FORMAL),
    "meeting": _meeting,
    "polling": _polling,
    "result": _result,
    "rerun": _rerun,
    "by_election": _by_election,
}
