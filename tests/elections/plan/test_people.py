"""Who may not be what: refused at entry with the article, found again where the candidate came later; sizes by local rules alone."""

from __future__ import annotations

import pytest

from renda.directory.gate import OPERATOR
from renda.elections.models import BodyMember, PollingStaff
from renda.elections.plan import incompatible, people
from renda.lawbook import services as lawbook
from tests.elections.plan import desk as desks
from tests.elections.plan.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office with a committee, its group, two polling places and a candidate in the first district."""
    desk = desks.make()
    desk.enter("bodies", [{"机构名称": "县选举委员会", "机构类别": "选举委员会", "任命日期": "2026-09-01"}])
    desk.enter(
        "bodies", [{"机构名称": "龙潭工作组", "机构类别": "选区工作组", "上级机构": "县选举委员会", "办公电话": "0000-123"}]
    )
    desk.enter("polling_places", [
        {"投票场所名称": "中心站", "投票组织形式": "投票站", "选区": "第1选区"},
        {"投票场所名称": "流动票箱甲", "投票组织形式": "流动票箱", "选区": "第2选区"},
    ])  # fmt: skip
    desk.enter("candidates", [{"选区": "第1选区", "候选人姓名": "王建国", "推荐方式": "选民联名"}])
    return desk


def test_a_candidate_is_no_member_of_the_committee(desk: Desk) -> None:
    row = {"姓名": "王建国", "机构": "县选举委员会", "职务": "委员"}
    fault = desk.faults("members", row)["name"]
    assert "应当辞去选举委员会的职务（《选举法》第十条第二款）" in fault
    assert desk.faults("members", row | {"免职日期": "2026-12-01"}) == {}
    assert desk.faults("members", row | {"与候选人同名但不是同一人": "是"}) == {}
    assert desk.faults("members", row | {"机构": "龙潭工作组"}) == {}, "the article speaks of the committee"


def test_a_candidate_and_the_near_relatives_keep_away_from_the_count(desk: Desk) -> None:
    row = {"姓名": "王建国", "投票场所": "中心站", "分工": "工作人员"}
    assert "第四十三条第二款" in desk.faults("polling_staff", row)["name"]
    near = {"姓名": "王小妹", "投票场所": "中心站", "分工": "监票人", "是哪些候选人的近亲属": "赵六、王建国"}
    assert "王小妹是候选人王建国的近亲属，不得担任监票人、计票人" in desk.faults("polling_staff", near)["relative_of"]
    assert desk.faults("polling_staff", near | {"分工": "工作人员"}) == {}
    assert desk.faults("polling_staff", near | {"投票场所": "流动票箱甲"}) == {}, "another district's candidates"


def test_one_who_becomes_a_candidate_later_is_found(desk: Desk) -> None:
    desk.enter("members", [{"姓名": "李大海", "机构": "县选举委员会", "职务": "主任"}])
    near = {"姓名": "王小妹", "投票场所": "流动票箱甲", "分工": "计票人", "是哪些候选人的近亲属": "周七"}
    desk.enter("polling_staff", [near])
    assert incompatible.conflicts(desk.election) == []
    desk.enter("candidates", [
        {"选区": "第2选区", "候选人姓名": "周七", "推荐方式": "选民联名"}, {"选区": "第2选区", "候选人姓名": "李大海", "推荐方式": "组织推荐"},
    ])  # fmt: skip
    found = {(one.register, one.name) for one in incompatible.conflicts(desk.election)}
    assert found == {("elections.members", "李大海"), ("elections.polling_staff", "王小妹")}
    page = desk.client().get(f"/election/{desk.election.pk}/plan/people/").content.decode()
    assert "需要回避或者辞去职务的" in page
    assert "李大海" in page
    assert "需要回避" not in desk.client("registrar").get(f"/election/{desk.election.pk}/plan/people/").content.decode()


def test_the_tree_has_heads_contacts_and_accounts(desk: Desk) -> None:
    desk.enter("members", [
        {"姓名": "钱副", "机构": "县选举委员会", "职务": "副主任"}, {"姓名": "孙主", "机构": "县选举委员会", "职务": "主任"},
        {"姓名": "离任", "机构": "县选举委员会", "职务": "委员", "任职日期": "2026-09-01", "免职日期": "2026-10-01"},
    ])  # fmt: skip
    from renda.elections.models import ElectionBody

    ElectionBody.objects.filter(name="龙潭工作组").update(organ=desk.county.organs["县教育局"])
    top, below = people.tree(desk.election)
    assert (top.body.name, top.depth, [one.name for one in top.heads], len(top.people)) == (
        "县选举委员会",
        0,
        ["孙主", "钱副"],
        2,
    )
    assert (below.body.name, below.depth, below.accounts) == ("龙潭工作组", 1, 1)
    assert top.words == []


def test_sizes_are_asked_for_only_where_a_province_does(desk: Desk) -> None:
    desk.enter("members", [{"姓名": "孙主", "机构": "县选举委员会", "职务": "主任"}])
    assert [row.lacks for row in people.places(desk.election)] == ["", ""]
    lawbook.use_packs(["shandong"], reason="省里规定", actor=OPERATOR)
    (top, _below) = people.tree(desk.election)
    assert any("现有 1 人，一般应为 9 至 15 人" in words for words in top.words)
    (lacking,) = [row for row in people.places(desk.election) if row.lacks]
    assert lacking.place.name == "流动票箱甲"
    assert "监票人 0 人，至少 2 人" in lacking.lacks
    desk.enter("polling_staff", [{"姓名": f"监票{n}", "投票场所": "流动票箱甲", "分工": "监票人"} for n in "甲乙"])
    assert not [row for row in people.places(desk.election) if row.lacks]


def test_bodies_and_groups_belong_to_the_same_election(desk: Desk) -> None:
    other = {"选举": desks.TOWNSHIP, "机构名称": "镇选委会", "机构类别": "选举委员会", "上级机构": "县选举委员会"}
    assert "不属于所填的选举" in desk.county.read("elections.bodies", [other]).faults[0]["parent"]
    under = {"机构名称": "小组", "机构类别": "选区工作组", "上级机构": "龙潭工作组"}
    assert "下面不再设机构" in desk.faults("bodies", under)["parent"]
    group = {"选举": desks.TOWNSHIP, "选民小组名称": "一组", "选区": "第1选区"}
    assert "不属于所填的选举" in desk.county.read("elections.voter_groups", [group]).faults[0]["district"]


def test_groups_are_counted(desk: Desk) -> None:
    desk.enter(
        "voter_groups", [{"选民小组名称": "一组", "选区": "第1选区", "组长": "老周"}, {"选民小组名称": "二组", "选区": "第1选区"}]
    )
    assert people.groups_of(desk.election) == {"all": 2, "headless": 1, "without": 2}


def test_telephones_of_members_are_kept_encrypted(desk: Desk) -> None:
    desk.enter("members", [{"姓名": "孙主", "机构": "县选举委员会", "职务": "主任", "联系电话": "13812345678"}])
    page = desk.client().get(f"/elections/members/{BodyMember.objects.get().pk}/").content.decode()
    assert "13812345678" not in page
    assert PollingStaff.objects.count() == 0
