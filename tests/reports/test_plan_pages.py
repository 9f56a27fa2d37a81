"""From a report's plan part to items of the yearly plan, and what became of each: services, pages, annex, commands."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.journal.models import Entry
from renda.journal.services import verify
from renda.planning.models import PlanItem
from renda.registers.services import Refused
from renda.reports.plan import annex, outcome, services
from renda.reports.plan.cli import plan as command
from renda.reports.plan.services import Wanted
from tests.county import COUNTY, DRAGON, actor, division, enter, make_county
from tests.reports import desk
from tests.reports.desk import open_report
from tests.reports.test_plan_part import REPORT
from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
END = date(2021, 12, 31)


def _owner() -> int:
    row = {"name": "青禾县人大常委会法制工作委员会", "short_name": "县人大法工委", "kind": "常委会工作机构", "system": "人大系统"}
    return enter("directory.organs", row)[0]


@pytest.mark.django_db
def test_items_are_entered_once_together_and_journalled() -> None:
    make_county()
    owner = _owner()
    wanted = [
        Wanted("对消防法开展执法检查", "supervision", owner, date(2021, 6, 30)),
        Wanted("新建联络站5个", "deputy", None, END),
    ]
    entered = services.enter(wanted, 2021, division(COUNTY), actor=OPERATOR, source="2020年工作报告")
    assert len(entered.ids) == 2
    first = PlanItem.objects.get(pk=entered.ids[0])
    assert (first.year, first.category, first.owner_id, first.planned_on) == (2021, "supervision", owner, date(2021, 6, 30))
    assert Entry.objects.get(action="plan.from_report").payload == {
        "year": 2021,
        "source": "2020年工作报告",
        "entered": 2,
        "held": 0,
    }
    again = services.enter([*wanted, Wanted("修订议事规则", "meeting", None, END)], 2021, division(COUNTY), actor=OPERATOR)
    assert (len(again.ids), again.held) == (1, ["对消防法开展执法检查", "新建联络站5个"])
    assert PlanItem.objects.count() == 3
    assert verify().fault is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([], "没有勾选"),
        ([Wanted("甲" * 201, "other", None, END)], "不超过 200 字"),
        ([Wanted("开展视察", "other", None, END)] * 2, "勾选了两次"),
        ([Wanted("开展视察", "other", None, date(2022, 1, 1))], "不在 2021 年内"),
        ([Wanted("开展视察", "other", 999_999, END)], "重新选择"),
    ],
)
def test_what_cannot_be_entered_enters_nothing(wanted: list[Wanted], words: str) -> None:
    make_county()
    good = [Wanted("组织代表调研", "deputy", None, END)] if wanted else []
    with pytest.raises(Refused, match=words):
        services.enter([*good, *wanted], 2021, division(COUNTY), actor=OPERATOR)
    assert not PlanItem.objects.exists()


@pytest.mark.django_db
def test_who_may_enter() -> None:
    make_county()
    one = [Wanted("组织代表调研", "deputy", None, END)]
    for role in ("director", "deputy", "handling_unit"):
        with pytest.raises(PermissionDenied):
            services.enter(one, 2021, division(COUNTY), actor=actor(role))
    with pytest.raises(PermissionDenied):
        services.enter(one, 2021, division(COUNTY), actor=actor("township_clerk", DRAGON))
    assert services.enter(one, 2021, division(DRAGON), actor=actor("township_clerk", DRAGON)).ids


@pytest.fixture
def plan(db: None) -> None:
    """Four items: done in time with evidence, done late, late, and under way on 20 November 2021."""
    make_county()
    rows = [
        {
            "title": "6月底前对《中华人民共和国消防法》开展执法检查",
            "category": "监督工作",
            "planned_on": "2021-06-30",
            "done_on": "2021-06-02",
        },
        {"title": "听取审议优化营商环境情况报告", "category": "监督工作", "planned_on": "2021-05-31", "done_on": "2021-06-20"},
        {"title": "开展污水处理视察", "category": "监督工作", "planned_on": "2021-09-30"},
        {"title": "完成机关档案室改造", "category": "自身建设", "planned_on": "2021-12-31"},
    ]
    enter("planning.plan", *({"year": 2021, **row} for row in rows))
    enter("supervision.inspections", {"title": "消防法执法检查", "laws": "消防法", "started": "2021-05-11"})
    enter("supervision.inspections", {"title": "消防法执法检查（2020年）", "laws": "消防法", "started": "2020-05-11"})
    enter("supervision.visits", {"title": "优化营商环境调研", "form": "调研", "starts_on": "2021-04-01"})


def _found() -> list[outcome.Outcome]:
    with clock.travel(date(2021, 11, 20)):
        return outcome.outcomes(2021, division(COUNTY), actor=OPERATOR)


@pytest.mark.usefixtures("plan")
def test_what_became_of_each() -> None:
    found = {one.item.title: one for one in _found()}
    states = [(one.tone, one.state) for one in found.values()]
    assert states == [("done", "6月20日完成（超期）"), ("done", "6月2日完成"), ("late", "逾期未完成"), ("run", "正在推进")]
    assert outcome.counts(list(found.values())) == {"all": 4, "done": 2, "late": 1, "run": 1}
    inspection = found["6月底前对《中华人民共和国消防法》开展执法检查"]
    assert [(proof.label, proof.on) for proof in inspection.proofs] == [
        ("消防法执法检查", date(2021, 5, 11))
    ]  # of that year alone
    assert [proof.label for proof in found["听取审议优化营商环境情况报告"].proofs] == ["优化营商环境调研"]
    assert found["完成机关档案室改造"].proofs == []


@pytest.mark.usefixtures("plan")
def test_a_township_sees_its_own_plan_alone() -> None:
    assert outcome.outcomes(2021, division(COUNTY), actor=actor("township_clerk", DRAGON)) == []


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("听取审议优化营商环境情况报告（第三项）", "优化营商环境"),
        ("第三季度围绕农村人居环境整治开展专题询问", "农村人居环境整治"),
        ("由教科文卫工作委员会牵头，10月底前完成学位供给情况专题调研", "完成学位供给"),
        ("召开主任会议研究退役军人服务保障", "退役军人服务保障"),
    ],
)
def test_what_an_item_is_about(title: str, about: str) -> None:
    assert outcome.core(title) == about


@pytest.mark.usefixtures("plan")
def test_the_annex_alone_and_behind_a_report(tmp_path: Path) -> None:
    annex.write_annex(_found(), 2021, division(COUNTY), tmp_path / "annex.docx")
    document = docx.Document(str(tmp_path / "annex.docx"))
    assert document.paragraphs[0].text == "青禾县人大常委会2021年工作安排落实情况"
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "工作安排", "责任单位", "完成时限", "落实情况"]
    assert rows[2] == ["2", "6月底前对《中华人民共和国消防法》开展执法检查", "—", "6月30日", "6月2日完成\n（消防法执法检查）"]
    report = docx.Document()
    report.add_paragraph("正文不动。")
    report.save(str(tmp_path / "report.docx"))
    annex.append_annex(tmp_path / "report.docx", _found(), 2021, division(COUNTY))
    joined = docx.Document(str(tmp_path / "report.docx"))
    assert [paragraph.text for paragraph in joined.paragraphs][:3] == [
        "正文不动。",
        "附件",
        "青禾县人大常委会2021年工作安排落实情况",
    ]
    assert len(joined.tables[0].rows) == 5
    assert rows[1][4] == "6月20日完成（超期）"  # a survey on the same subject is no proof that a report was heard


@pytest.mark.usefixtures("plan")
def test_the_commands(tmp_path: Path) -> None:
    source = tmp_path / "report.txt"
    source.write_text(REPORT, "utf-8")
    listed = json.loads(CliRunner().invoke(command, ["items", str(source), "--json"]).stdout)
    assert (listed["year"], [one["due"] for one in listed["items"]]) == (2021, ["2021-06-30", "2021-12-31", "2021-12-31"])
    source.write_text("2021年，开展执法检查5次。", "utf-8")
    assert "没有找到" in CliRunner().invoke(command, ["items", str(source)]).output
    with clock.travel(date(2021, 11, 20)):
        told = CliRunner().invoke(command, ["outcome", "--year", "2021", "--out", str(tmp_path / "a.docx"), "--json"])
        assert json.loads(told.stdout)["counts"] == {"all": 4, "done": 2, "late": 1, "run": 1}
        assert (tmp_path / "a.docx").exists()
        assert "没有登记" in CliRunner().invoke(command, ["outcome", "--year", "2019"]).output


def test_a_clerk_reads_picks_enters_and_looks_back(office: object, as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    assert client.get("/yearend/plan/pick/").status_code == 200
    nothing = client.post("/yearend/plan/pick/", {"text": "2021年，开展执法检查5次。"})
    assert nothing.status_code == 422
    assert "没有找到下一年的工作安排" in nothing.content.decode()
    assert client.post("/yearend/plan/pick/", {}).status_code == 422
    hostile = client.post("/yearend/plan/pick/", {"file": SimpleUploadedFile("报告.docx", b"MZ\x00\x01")})
    assert hostile.status_code == 422
    assert "报告.docx" in hostile.content.decode()
    page = client.post("/yearend/plan/pick/", {"file": SimpleUploadedFile("报告.txt", REPORT.encode("gb18030"))})
    body = page.content.decode()
    assert "列入 2021 年工作计划" in body
    assert 'value="2021-06-30"' in body
    form = {
        "year": "2021", "source": "报告.txt", "pick": ["1", "2"], "title-1": "对消防法开展执法检查", "category-1": "supervision", "owner-1": "", "due-1": "2021-06-30",
        "title-2": "新建代表联络站5个", "category-2": "deputy", "owner-2": "", "due-2": "2021-13-01",
    }  # fmt: skip
    refused = client.post("/yearend/plan/keep/", form)
    assert refused.status_code == 422
    assert "没有写对" in refused.content.decode()
    assert 'value="新建代表联络站5个"' in refused.content.decode()  # nothing typed is lost
    assert not PlanItem.objects.exists()
    kept = client.post("/yearend/plan/keep/", {**form, "due-2": "2021-12-31"}, follow=True).content.decode()
    assert "已列入 2021 年工作计划 2 项" in kept
    assert "逾期未完成" in kept
    assert "对消防法开展执法检查" not in client.get("/yearend/plan/?year=2021&state=run").content.decode()
    download = docx.Document(io.BytesIO(b"".join(client.get("/yearend/plan/annex.docx?year=2021").streaming_content)))
    assert len(download.tables[0].rows) == 3
    assert client.get("/yearend/plan/annex.docx?year=2019").status_code == 404
    assert "计划中已有" not in body


def test_who_sees_the_pages(office: object, as_role: Callable[[str], Client]) -> None:
    for name, looks, picks in (
        ("director", 200, 403),
        ("town", 200, 200),
        ("deputy", 403, 403),
        ("unit", 403, 403),
        ("petition", 403, 403),
    ):
        assert as_role(name).get("/yearend/plan/").status_code == looks, name
        assert as_role(name).get("/yearend/plan/pick/").status_code == picks, name
        assert as_role(name).post("/yearend/plan/keep/", {"year": "2021"}).status_code == (422 if picks == 200 else 403), name
    assert Client().get("/yearend/plan/").headers["Location"].startswith("/login/")


def test_a_report_is_printed_with_the_annex_behind_it(office: object, as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    report = open_report(office, text=desk.TEXT + "二、2021年工作安排\n（一）强化监督。6月底前开展消防法执法检查。\n")  # type: ignore[arg-type]
    picked = client.get(f"/yearend/plan/pick/?report={report.pk}-source").content.decode()
    assert "列入 2021 年工作计划" in picked
    assert "6月底前开展消防法执法检查" in picked
    assert client.get("/yearend/plan/pick/?report=999").status_code == 404
    plain = docx.Document(io.BytesIO(b"".join(client.get(f"/reports/{report.pk}/report.docx?annex=1").streaming_content)))
    assert plain.tables == []  # no plan, no annex
    county = office.county  # type: ignore[attr-defined]
    county.enter(
        "planning.plan",
        [{"年度": 2021, "计划事项": "开展消防法执法检查", "计划完成日期": "2021-06-30", "实际完成日期": "2021-06-02"}],
    )
    assert f"/reports/{report.pk}/report.docx?annex=1" in client.get("/yearend/plan/?year=2021").content.decode()
    printed = docx.Document(io.BytesIO(b"".join(client.get(f"/reports/{report.pk}/report.docx?annex=1").streaming_content)))
    assert [cell.text for cell in printed.tables[0].rows[1].cells][:2] == ["1", "开展消防法执法检查"]
    assert "附件" in [paragraph.text for paragraph in printed.paragraphs]
