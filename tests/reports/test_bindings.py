"""Which indicator a figure answers, and when it is left open."""

import pytest

from renda.reports.recognise import Figure, recognise


def refs(text: str) -> list[str | None]:
    return [figure.reference for figure in recognise(text)]


def only(text: str) -> Figure:
    (figure,) = recognise(text)
    return figure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("召开常委会会议8次、主任会议16次。", ["I002", "I006"]),
        ("举行8次常委会会议、16次主任会议。", ["I002", "I006"]),
        ("组织视察3次,专题调研5次。", ["I010", "I011"]),
        ("组织视察和调研12次。", ["I012"]),
        ("开展执法检查、视察和调研19次。", ["I013"]),
        ("对4部法律法规开展执法检查2次。", ["I008", "I007"]),
        ("作出决议决定9项。", ["I005"]),
        ("讨论决定重大事项7项。", ["I028"]),
        ("作出决议决定和审议意见24项。", ["I030"]),
        ("任免国家机关工作人员86人次。", ["I004"]),
        ("任免国家机关工作人员86名。", ["I032"]),
        ("任命人民陪审员65名。", ["I033"]),
        ("发出审议意见16件63条。", ["I014", "I015"]),
        ("联络站接待选民37批112人次。", ["I095", "I095"]),
        ("会议应到代表241人,实到210人。", ["I024", "I025"]),
        ("会议应到组成人员29人,实到26人。", ["I027", "I027"]),
        ("登记选民5.1万人,参加投票4.6万人,占登记选民的90.2%。", ["I117", "I118", "I119"]),
        ("选举产生县级人大代表258名,其中妇女代表78名,占30.2%。", ["I124", "I125", "I126"]),
        ("补选县人大代表3名。", ["I036"]),
        ("大会补选县人大常委会副主任1名。", ["I130"]),
        ("会议听取和审议了县政府4项工作报告。", ["I001"]),
        ("开展专题询问1次、工作评议2次、满意度测评11项。", ["I009", "I063", "I066"]),
        ("作出重大事项决定3项;督办代表建议106件。", ["I005", "I003"]),
        ("审议法规案14件,通过13件;作出决议5项。", ["I061", "I061", "I005"]),
        ("组织代表40人次列席常委会会议、60人次旁听庭审。", ["I089", "I086"]),
        ("代表建议满意率由90.2%提高到97.8%。", ["I044", "I044"]),
        ("乡镇(街道)联络站23个,县(市、区)联络站2个。", ["I094", "I094"]),
        ("128件建议全部按期办理完毕。", ["I003"]),
    ],
)
def test_what_is_counted_decides(text: str, expected: list[str | None]) -> None:
    assert refs(text) == expected


def test_one_ratio_of_several_things_stays_open() -> None:
    assert only("代表建议的见面率、办复率均为100%。").reference is None


def test_a_row_of_numbers_belongs_to_the_list_before_it() -> None:
    assert refs("全年主任会议、党组会议分别召开18次和20次。") == ["I006", "I076"]
    assert refs("代表建议面商率、满意率分别达100%和98.6%。") == ["I048", "I044"]


def test_changes_told_together_are_all_changes() -> None:
    figures = recognise("受理来信12件,来访30人次,分别下降20%和15%。")
    assert [f.form for f in figures] == ["value", "value", "change", "change"]


def test_one_number_of_two_meetings_stays_open() -> None:
    assert only("召开常委会党组会、主任会议各18次。").reference is None


def test_items_of_a_list_belong_to_the_breakdown_of_the_total() -> None:
    figures = recognise("共承办代表建议57件。按行业分,城建类18件,工业类13件,农业类6件。")
    assert [f.reference for f in figures] == ["I003", "I042", "I042", "I042"]


def test_a_change_belongs_to_what_changed_and_says_which_way() -> None:
    figure = recognise("受理来信来访326件,同比下降12.4%。")[1]
    assert (figure.reference, figure.form, figure.kind, figure.breakdown["方向"]) == ("I137", "change", "change", "减少")


def test_the_same_words_count_otherwise_in_another_field() -> None:
    assert refs("县人大信访工作\n受理来信来访80件,办结率95%。") == ["I134", "I138"]
    assert refs("代表建议办理情况\n承办代表建议80件,办结率95%。") == ["I003", "I047"]


def test_years_terms_and_plans_are_told_apart() -> None:
    text = "2022年工作情况\n召开主任会议16次。\n2023年工作安排\n计划召开主任会议14次。"
    assert [f.period for f in recognise(text)] == [{"type": "year", "year": 2022}, {"type": "plan", "year": 2023}]
    assert only("五年来,召开主任会议80次。").period == {"type": "term"}
    assert only("召开主任会议16次。").period == {"type": "year"}
    assert recognise("召开主任会议16次。", year=2020)[0].period == {"type": "year", "year": 2020}


def test_what_a_clerk_corrected_is_remembered_without_its_number() -> None:
    assert only("发放防疫宣传品300个。").reference is None
    assert recognise("发放防疫宣传品500个。", memory={"个|发放防疫宣传品": "I133"})[0].reference == "I133"
    assert recognise("召开主任会议16次。", memory={"次|召开主任会议": None})[0].reference is None


def test_rhetoric_is_dropped_and_does_not_hide_what_it_stood_before() -> None:
    figures = recognise("县人大常委会对部门工作开展测评。其中一名局长获满意27票。")
    assert [(f.text, f.reference) for f in figures] == [("27票", "I068")]


def test_the_subject_of_the_whole_text_tells_what_its_sentences_leave_out() -> None:
    text = "好不好,代表说了算\n代表票决民生实事项目,候选项目15件。\n\n{}"
    assert refs(text.format("实际完成投资4.5亿元,为年度计划的107%;25个子项完工。"))[1:] == ["I112", "I113", "I113"]


def test_a_figure_right_behind_another_of_the_same_count_goes_with_it() -> None:
    assert refs("县人大信访工作\n接待上访群众58批141人次,办理来信36封。") == ["I135", "I135", "I134"]


def test_what_is_listed_beside_a_figure_is_no_objection_to_it() -> None:
    assert refs("县交通局共收到代表建议26件、政协提案17件。") == ["I003", "I055"]


def test_speech_in_quotation_marks_has_figures_and_slogans_have_none() -> None:
    assert refs("“我们全年召开主任会议12次。”主任说。") == ["I006"]
    assert refs("坚持“三查三看”,开展“五个一批”活动。") == []


def test_a_binding_by_words_far_off_stays_open_when_another_is_near() -> None:
    figure = recognise("镇人大组织35名代表视察重点项目,召开座谈会2场,形成视察意见1份,提出整改建议14条。")[-1]
    assert figure.reference is None
    assert figure.why.startswith("tie by distance")


def test_levels_of_government_are_no_list_of_things_counted() -> None:
    assert refs("组织12名县、乡人大代表向选民述职。") == ["I101"]
    assert refs("补选乡长1名、县人大代表2名。") == ["I130", "I036"]
