"""Which of our indicators a sentence means, and which sentences stay open. The sentences are recognised as a clerk's text would be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renda.figures import registry
from renda.reports.binding import Bound, bind, sentence
from renda.reports.draft.model import Binding
from renda.reports.recognise import recognise
from renda.reports.recognise.figure import Figure
from renda.reports.recognise.lexicon import entries as vocabulary


def figure(reference: str | None, unit: str, phrase: str, value: Any = 12, **more: Any) -> Figure:
    """A figure as the recogniser would hand it over, standing after its phrase."""
    kind = more.pop("kind", "ratio" if unit == "%" else "count")
    form = more.pop("form", "ratio" if unit == "%" else "value")
    period = more.pop("period", {"type": "year", "year": 2020})
    start = more.pop("start", len(phrase))
    text = f"{value}{unit}"
    return Figure(start, start + len(text), text, value, unit, form=form, kind=kind, phrase=phrase, reference=reference,
                  period=period, confidence=0.9, **more)  # fmt: skip


def one(*args: Any, **more: Any) -> Bound:
    return bind([figure(*args, **more)], year=2020)[0]


def said(bound: Bound) -> str:
    """A binding in short: code, filters, form."""
    if bound.binding is None:
        return "open"
    filters = "；".join(f"{by}={label}" for by, label in bound.binding.where.items())
    return (
        bound.binding.indicator
        + (f" {filters}" if filters else "")
        + ("" if bound.binding.form in ("value", "ratio") else f" ~{bound.binding.form}")
    )


READINGS = [
    ("I007", "次", "开展执法检查", {}, "supervision.inspections"),
    ("I007", "项", "受市人大常委会委托开展执法检查", {"组织形式": "委托"}, "supervision.inspections form=受上级委托"),
    ("I007", "项", "配合省人大开展执法检查", {"组织形式": "上下联动"}, "open"),
    ("I008", "部", "检查法律法规", {}, "supervision.inspected_laws"),
    ("I008", "部", "检查条例", {"种类": "地方性法规"}, "open"),
    ("I012", "次", "组织视察和调研", {}, "supervision.visits"),
    ("I013", "次", "开展执法检查、视察和调研", {}, "supervision.work kind=执法检查、视察、调研"),
    ("I013", "次", "开展执法检查、视察、座谈", {}, "open"),
    ("I013", "次", "开展视察、检查", {}, "open"),
    ("I001", "项", "听取和审议专项工作报告", {"方式": "听取"}, "supervision.reports"),
    ("I001", "项", "听取审议政府专项工作报告", {"报告机关": "政府", "方式": "听取"}, "supervision.reports system=政府系统"),
    (
        "I001",
        "项",
        "听取审议法院、检察院专项工作报告",
        {"报告机关": "法院", "方式": "听取"},
        "supervision.reports system=法院系统、检察院系统",
    ),
    ("I004", "人次", "任免国家机关工作人员", {"动作": "任免"}, "appointments.person_times"),
    ("I004", "人次", "任命", {"动作": "任命"}, "appointments.appointed"),
    ("I004", "人次", "免去职务", {"动作": "免职"}, "appointments.removed"),
    ("I004", "人次", "任命法院工作人员", {"动作": "任命", "机关": "法院"}, "appointments.appointed system=法院系统"),
    ("I004", "人次", "决定任命", {"动作": "任命"}, "open"),
    ("I004", "人次", "任免国家机关工作人员和人民陪审员", {"动作": "任免"}, "appointments.with_assessors"),
    (
        "I032",
        "名",
        "任命国家机关工作人员",
        {"动作": "任命"},
        "appointments.persons action=任命、决定任命、决定代理、批准任命、通过",
    ),
    ("I021", "份", "开出问题清单", {}, "supervision.problem_lists"),
    ("I021", "个", "发现问题", {}, "supervision.problems"),
    ("I021", "个", "问题清单", {}, "open"),
    ("I021", "%", "问题整改率", {}, "supervision.correction_rate"),
    ("I021", "个", "审计查出问题", {}, "open"),
    ("I014", "份", "交办审议意见书", {"种类": "审议意见"}, "supervision.opinions form=审议意见"),
    ("I014", "项", "审议意见", {"种类": "审议意见"}, "open"),
    ("I014", "份", "向政府交办审议意见", {"种类": "审议意见", "交办对象": "政府"}, "open"),
    ("I022", "项", "审议议题", {}, "open"),
    ("I042", "件", "城建交通", {"领域": "城建交通"}, "suggestions.by_field field=~城建交通"),
    ("I042", "%", "教育", {"领域": "教育"}, "suggestions.field_share field=~教育"),
    ("I043", "件", "A类", {}, "suggestions.answers answer=A类（已经解决或采纳）"),
    ("I043", "件", "C类（留作参考）", {"办理结果": "暂不能解决"}, "open"),
    ("I043", "件", "已解决", {"办理结果": "已解决或基本解决"}, "suggestions.answers answer=A类（已经解决或采纳）"),
    ("I044", "%", "代表满意率", {}, "suggestions.satisfaction"),
    ("I044", "%", "二次测评满意率", {"轮次": "二次"}, "suggestions.second_satisfaction"),
    ("I044", "%", "对办理态度满意率", {"测评对象": "态度"}, "suggestions.attitude_satisfaction"),
    ("I044", "%", "对办理态度和办理结果满意率", {"测评对象": "态度"}, "open"),
    ("I045", "件", "不满意", {"等次": "不满意"}, "suggestions.grades grade=不满意"),
    ("I045", "件", "表示理解", {"等次": "理解"}, "open"),
    ("I046", "件", "书面答复", {}, "suggestions.replied"),
    ("I049", "个", "承办单位", {}, "suggestions.units"),
    ("I050", "件", "主办建议", {"办理方式": "主办"}, "suggestions.led"),
    ("I050", "家", "主办单位", {"办理方式": "主办"}, "suggestions.led_units"),
    ("I051", "件", "政府系统承办", {"系统": "政府"}, "suggestions.by_system system=政府系统"),
    ("I051", "件", "有关单位承办", {"系统": "其他"}, "open"),
    ("I053", "件", "闭会期间", {"提出时间": "闭会"}, "suggestions.recess"),
    ("I078", "次", "向县委请示报告", {"种类": "请示"}, "planning.upward_reports"),
    ("I078", "件", "书面请示", {"种类": "请示"}, "planning.upward_reports kind=请示；in_writing=是"),
    ("I087", "名", "组织省、市人大代表参加活动", {"代表层级": "省"}, "deputies.persons level=省级、@市"),
    ("I087", "名", "全县人大代表参加活动", {"代表层级": "县"}, "deputies.persons"),
    ("I090", "名", "常委会组成人员联系代表", {"关系": "组成人员"}, "open"),
    ("I093", "元", "拨付代表活动经费", {"类别": "经费"}, "deputies.funds"),
    ("I094", "个", "新建代表联络站", {"增量": "新增", "类型": "联络站"}, "stations.stations_new kind=代表联络站"),
    ("I095", "批", "接待选民", {}, "stations.batches"),
    ("I095", "人次", "接待选民", {}, "stations.received"),
    ("I095", "件", "接待选民", {}, "open"),
    ("I112", "元", "完成投资", {"口径": "完成"}, "projects.spent"),
    ("I112", "元", "投资", {}, "open"),
    ("I134", "件", "受理群众信访", {}, "petitions.count"),
    ("I140", "篇", "在省级以上媒体刊发稿件", {"媒体级别": "省级"}, "outreach.media_reports level=国家级、省级"),
    ("I057", "年", "连续督办", {}, "open"),
]


@pytest.mark.parametrize(
    ("reference", "unit", "phrase", "breakdown", "expected"), READINGS, ids=[f"{r[0]} {r[2]}" for r in READINGS]
)
def test_readings(reference: str, unit: str, phrase: str, breakdown: dict[str, str], expected: str) -> None:
    bound = one(reference, unit, phrase, breakdown=breakdown)
    assert said(bound) == expected, bound.why


def test_words_that_several_indicators_fit_must_agree_with_all_of_them() -> None:
    bound = one("I044", "%", "代表满意率").binding
    assert bound is not None
    assert [other.indicator for other in bound.alike] == ["suggestions.final_satisfaction"]
    merged = one("I013", "次", "开展执法检查、视察、调研等活动").binding
    assert merged is not None
    assert [other.where["kind"] for other in merged.alike] == ["执法检查、视察、调研、评议、专题询问、质询、约见"]


def test_topics_belong_to_the_meeting_told_before_them() -> None:
    text = "召开常委会会议8次，审议议题56项，主任会议18次、研究议题77项。"
    bounds = bind(recognise(text, 2020), text)
    assert [said(bound) for bound in bounds if bound.binding][:2] == ["meetings.committee", "meetings.items series=常委会会议"]


def test_a_share_and_a_change_are_of_the_figure_before() -> None:
    figures = [figure("I134", "件", "受理信访"), figure("I137", "%", "同比下降", 8, form="change", kind="change", start=20)]
    text = "受理信访12件，同比下降8%。"
    figures[1].start, figures[1].end = text.index("8%"), text.index("8%") + 2
    assert [said(bound) for bound in bind(figures, text)] == ["petitions.count", "petitions.count ~change"]
    parts = [figure("I043", "件", "已解决", breakdown={"办理结果": "已解决或基本解决"}), figure("I043", "%", "占", 75)]
    text = "其中已解决12件，占75%。"
    parts[0].start, parts[0].end = text.index("12件"), text.index("12件") + 3
    parts[1].start, parts[1].end = text.index("75%"), text.index("75%") + 3
    assert said(bind(parts, text)[1]) == "suggestions.answer_share answer=A类（已经解决或采纳）"


def test_a_change_of_a_rate_in_per_cent_is_not_guessed() -> None:
    figures = [figure("I047", "%", "办结率", 90), figure("I047", "%", "比上年提高", 2, form="change", kind="change")]
    text = "建议办结率90%，比上年提高2%。"
    for one_, words in zip(figures, ("90%", "2%"), strict=True):
        one_.start, one_.end = text.index(words), text.index(words) + len(words)
    bounds = bind(figures, text)
    assert said(bounds[0]) == "suggestions.close_rate"
    assert bounds[1].binding is None
    assert "百分点还是百分比" in bounds[1].why
    points = [figures[0], replace(figures[1], unit="个百分点", text="2个百分点", end=figures[1].start + 5)]
    assert said(bind(points, text.replace("2%", "2个百分点"))[1]) == "suggestions.close_rate ~change"


def test_a_relative_change_without_measure_word_stays_open_where_the_measure_decides() -> None:
    assert said(one("I095", "%", "接待选民增长", form="change", kind="change")) == "open"
    assert said(one("I006", "%", "主任会议增长", form="change", kind="change")) == "meetings.chairpersons ~change"
    assert said(one("I006", "次", "主任会议增加", form="change", kind="change")) == "meetings.chairpersons ~difference"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("参选率比上届提高", "open"),
        ("参选率比2015年提高", "open"),
        ("参选率比2019年提高", "elections.turnout ~change"),
        ("参选率比上年提高", "elections.turnout ~change"),
    ],
)
def test_a_change_against_anything_but_the_year_before_stays_open(words: str, expected: str) -> None:
    text = f"{words}1.2个百分点。"
    changed = figure("I119", "个百分点", words, 1.2, form="change", kind="change")
    assert said(bind([changed], text, year=2020)[0]) == expected


def test_composition_may_be_compared_with_the_last_term() -> None:
    changed = figure("I126", "个百分点", "妇女代表占比较上届提高", 1.2, form="change", kind="change", breakdown={"构成": "妇女"})
    (bound,) = bind([changed], "妇女代表占比较上届提高1.2个百分点。", year=2020)
    assert said(bound) == "deputies.women_share ~change"
    assert bound.binding is not None
    assert bound.binding.period["type"] == "term"


def test_figures_of_one_question_with_different_numbers_stay_open() -> None:
    text = "审查规范性文件26件，其中部分文件13件。"
    figures = [figure("I037", "件", "审查规范性文件", 26), figure("I037", "件", "其中部分文件", 13)]
    for one_, words in zip(figures, ("26件", "13件"), strict=True):
        one_.start, one_.end = text.index(words), text.index(words) + len(words)
    first, second = bind(figures, text)
    assert said(first) == "filing.reviewed"
    assert second.binding is None
    assert "其中" in second.why
    again = [figures[0], replace(figures[1], phrase="又审查规范性文件")]
    assert [said(bound) for bound in bind(again, "审查规范性文件26件，又审查规范性文件13件。")] == ["open", "open"]
    same = [figures[0], replace(figures[1], value=26)]
    assert [said(bound) for bound in bind(same, "审查规范性文件26件，备案审查规范性文件26件。")] == ["filing.reviewed"] * 2


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"type": "year", "year": 2020}, 0),
        ({"type": "year", "year": 2019}, -1),
        ({"type": "year", "year": 2016}, "2016年"),
        ({"type": "plan", "year": 2021}, "下一年的安排，不是已做的工作"),
        ({"type": "since", "words": "近年来"}, "近年来"),
    ],
)
def test_periods_are_told_relative_to_the_texts_own_year(period: dict[str, Any], expected: int | str) -> None:
    bound = one("I007", "次", "开展执法检查", period=period)
    if isinstance(expected, str):
        assert bound.binding is None
        assert expected in bound.why
    else:
        assert bound.binding is not None
        assert bound.binding.period["offset"] == expected


def test_what_the_recogniser_left_open_says_between_what() -> None:
    tied = figure(None, "个", "开展工作评议")
    tied.why = "tie I063=0.99 I064=0.97"
    assert bind([tied])[0].why == "不能确定说的是“工作评议”还是“履职述职评议人数”"
    assert bind([figure(None, "", "XX日报", kind="name")])[0].why == "空缺处是名称，不是数字"
    assert "名次" in bind([figure("I134", "位", "信访量列全市", form="rank", kind="rank")])[0].why


DIRECT = [
    ("四级人大代表已全部纳入网格化管理，共{}名。", "120", "deputies.in_grids"),
    ("为代表建立履职档案{}份。", "98", "deputies.archives"),
    ("开展宪法宣传活动{}场次。", "12", "outreach.publicity"),
    ("组织任前法律知识考试{}人次。", "44", "appointments.examined"),
    ("今年启动微实事，安装路灯{}盏。", "397", "projects.micro_outputs name=~安装路灯；unit=盏"),
    ("全县粮食产量{}吨。", "9800", "open"),
]


@pytest.mark.parametrize(("text", "number", "expected"), DIRECT, ids=[row[2] for row in DIRECT])
def test_what_the_list_of_references_does_not_know_is_bound_by_our_own_words(text: str, number: str, expected: str) -> None:
    text = text.format(number)
    figures = recognise(text, 2020)
    found = [said(bound) for one_, bound in zip(figures, bind(figures, text), strict=True) if one_.text.startswith(number)]
    assert found == [expected]


def test_a_sentence_for_the_clerk() -> None:
    binding = one("I007", "次", "组织执法检查", breakdown={"组织形式": "本级"}).binding
    assert binding is not None
    assert sentence(binding, 2021) == "2021年执法检查次数（组织形式：本级组织），期间内启动的执法检查。"
    term = Binding("deputies.groups", {"kind": "代表小组"}, {"type": "term"})
    assert sentence(term, 2021).startswith("本届以来代表小组数（小组类别：代表小组）")
    assert "占总数的百分比" in sentence(Binding("suggestions.by_system", {"system": "政府系统"}, {}, "ratio"), 2021)
    assert "比上年变化的百分点" in sentence(Binding("suggestions.close_rate", {}, {}, "change"), 2021)
    assert sentence(Binding("no.such"), 2021) == "指标 no.such 不在指标目录里"


UNITS = ("件", "次", "人次", "名", "%", "个百分点", "万元", "条", "份", "家", "场", "部", "批", "户", "天", "")
WORDS = st.text(
    alphabet="听取审议报告执法检查视察调研建议代表满意率不基本其中各等任免命政府法院县乡镇市人大、，和新增建完成", max_size=24
)


@st.composite
def figures_of_any_kind(draw: Any) -> Figure:
    reference = draw(st.sampled_from([None, *vocabulary()]))
    dims = vocabulary()[reference].dims if reference else {}
    breakdown = {dim: draw(st.sampled_from([*values, "没有这个"])) for dim, values in dims.items() if draw(st.booleans())}
    form = draw(st.sampled_from(("value", "ratio", "change", "rank")))
    kind = (
        "ratio"
        if form == "ratio"
        else draw(st.sampled_from(("count", "persons", "name", "money", form if form != "value" else "count")))
    )
    period = draw(st.sampled_from(({}, {"type": "term"}, {"type": "year", "year": 2020}, {"type": "at"}, {"type": "span", "words": "上半年"},
                                   {"type": "plan"}, {"type": "since", "words": "去年以来"})))  # fmt: skip
    phrase = draw(WORDS)
    return figure(reference, draw(st.sampled_from(UNITS)), phrase, draw(st.one_of(st.none(), st.integers(0, 99))), form=form, kind=kind,
                  period=period, breakdown=breakdown, start=draw(st.integers(0, 60)))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(figures_of_any_kind(), max_size=6), WORDS)
def test_any_figures_get_a_binding_that_exists_or_a_reason(figures: list[Figure], text: str) -> None:
    figures.sort(key=lambda one_: one_.start)
    bounds = bind(figures, text * 4)
    assert bounds == bind(figures, text * 4)
    assert len(bounds) == len(figures)
    for one_, bound in zip(figures, bounds, strict=True):
        assert (bound.binding is None) is bool(bound.why)
        if bound.binding is not None:
            assert registry.get(bound.binding.indicator)
            assert bound.binding.period.get("type") != "plan"
            assert one_.form != "rank"
            assert one_.kind != "name"
            assert bound.binding.form in ("value", "ratio", "change", "difference")
            assert (bound.binding.form in ("change", "difference")) is (one_.form == "change")
