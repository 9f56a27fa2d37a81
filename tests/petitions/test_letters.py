"""The letters of petitions: what they say, whom they protect, how they are numbered and kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from renda.documents import registry as templates
from renda.documents import rendering
from renda.documents.language import TemplateFault
from renda.documents.models import Paper, PaperVersion
from renda.journal.models import Entry
from renda.petitions.letters import words
from renda.petitions.procedure import LETTERS, STEPS
from renda.procedure import services
from renda.ui import letters
from tests import small_county
from tests.petitions.letter_desk import PERSON, LetterDesk, text_of
from tests.petitions.test_procedure import actor

pytestmark = [pytest.mark.django_db]
LETTER_CODES = [one.code for one in LETTERS]


@pytest.fixture(autouse=True)
def _now(settings: Any) -> None:
    settings.RENDA_NOW = "2026-12-20"


@pytest.fixture
def desk() -> LetterDesk:
    return LetterDesk(small_county.make())


def secret_desk() -> LetterDesk:
    return LetterDesk(
        small_county.make(), 是否保密="是", 信访事项="周大勇反映道路积水", 推选代表="吴小兰、郑海", 被反映单位="某公司"
    )


@pytest.mark.parametrize("code", LETTER_CODES)
def test_every_letter_has_a_template_that_its_words_fill(code: str) -> None:
    template = templates.get(f"petition.{code}")
    filled = rendering.fill(template.shipped.read_bytes(), template.samples(), title=template.name)
    said = "\n".join(text for _place, text in rendering.paragraphs(filled.content))
    assert "{" not in said
    assert "{%" not in said
    for word in ("发文机关", "文号", "成文日期", "信访编号"):
        assert str(template.samples()[word]) in said, word
    assert template.name[-3:] in said or "的函" in said


@pytest.mark.parametrize("code", LETTER_CODES)
def test_every_letter_reads_well_with_nothing_but_the_record(code: str) -> None:
    """Words without a value leave no empty brackets, doubled signs or sentences that begin with a comma."""
    template = templates.get(f"petition.{code}")
    kept = {"发文机关", "文号", "成文日期", "信访编号", "信访事项", "称谓", "主送单位", "承办单位"}
    values: dict[str, Any] = {
        name: template.samples()[name] if name in kept else ([] if word.many else "") for name, word in template.by_name.items()
    }
    said = "\n".join(text for _place, text in rendering.paragraphs(rendering.render(template.shipped.read_bytes(), values)))
    assert not re.search(r"（）|〔〕|，，|。。|、、|^[，。、）]|附件：|根据的规定|（联系人：　|None", said, re.MULTILINE), said


def test_every_letter_belongs_to_a_step_and_every_step_names_declared_letters() -> None:
    assert {code for step in STEPS for code in step.letters} == set(LETTER_CODES)
    assert {f"petition.{code}" for code in LETTER_CODES} <= {one.code for one in templates.all_templates()}


def test_a_forwarding_letter_says_who_what_and_under_which_article(desk: LetterDesk) -> None:
    said = text_of(desk.through("forward").make("forward", "forward", {"附件": "来信复印件\n现场照片\n"}))
    assert said.startswith("清河县人民代表大会常务委员会\n清人信转〔2026〕1号\n关于转送信访事项的函\n县住建局：")
    for part in (
        "反映道路积水", desk.petition.number, "2026年6月1日", "周大勇", "13812345678", "龙潭镇一村12号", "《信访工作条例》第二十二条",
        "5个工作日内", "附件：1.来信复印件", "　　　2.现场照片", "2026年6月5日", "联系人：王芳　联系电话：0990-1234567",
    ):  # fmt: skip
        assert part in said, part


def test_a_notice_tells_the_petitioner_where_the_matter_went_and_how_to_ask(desk: LetterDesk) -> None:
    said = text_of(desk.through("assign").make("assign", "notice"))
    assert "周大勇：" in said
    assert "该信访事项已交由县住建局办理。" in said
    assert f"查询码 {desk.petition.query_code}" in said


def test_the_units_letters_bear_the_unit_and_its_own_number(desk: LetterDesk) -> None:
    desk.through("assign", "take_up", "answer")
    said = text_of(desk.make("answer", "opinion", who=desk.unit))
    assert said.startswith("县住建局\n县住建局信意〔2026〕1号\n信访事项处理意见书\n周大勇：")
    for part in ("支持诉求", "经查属实", "列入改造计划", "《城镇排水与污水处理条例》第十四条", "第三十五条", "30日内"):
        assert part in said, part


def test_an_assigning_letter_names_the_day_of_the_report(desk: LetterDesk) -> None:
    assert "并于2026年8月20日前向我机关提交办结报告" in text_of(desk.through("assign").make("assign", "assign"))


@pytest.mark.parametrize(
    ("steps", "letter"),
    [
        (("forward",), "forward"),
        (("assign",), "assign"),
        (("assign", "take_up", "answer", "press"), "press"),
        (("assign", "take_up", "answer", "send_back"), "send_back"),
    ],
)
def test_a_protected_petitioner_is_in_no_letter_to_a_unit(steps: tuple[str, ...], letter: str) -> None:
    desk = secret_desk().through(*steps)
    given = {"附件": "周大勇的来信", "机关联系人": "周大勇"}
    said = text_of(desk.make(steps[-1], letter, given))
    for secret in (PERSON["信访人"], PERSON["联系电话"], PERSON["住址"], "吴小兰", "郑海", desk.petition.query_code):
        assert secret not in said, secret
    assert "×××反映道路积水" in said
    assert "依法为信访人保密" in said
    assert "《信访工作条例》第三十条" in said


def test_an_accusation_protects_the_petitioner_as_a_wish_for_secrecy_does(desk: LetterDesk) -> None:
    accused = LetterDesk(desk.county, 诉求类别="检举控告", 信访事项="检举某公司").through("forward")
    assert "周大勇" not in text_of(accused.make("forward", "forward"))


def test_what_a_unit_writes_to_a_protected_petitioner_does_not_name_them() -> None:
    desk = secret_desk().through("assign", "take_up")
    said = text_of(desk.make("take_up", "unit_notice", who=desk.unit))
    assert "\n信访人：" in said
    assert "周大勇" not in said


def test_the_office_itself_writes_to_a_protected_petitioner_by_name() -> None:
    assert "周大勇：" in text_of(secret_desk().through("assign").make("assign", "notice"))


def test_numbers_run_by_letter_and_a_new_version_keeps_its_number(desk: LetterDesk) -> None:
    other = LetterDesk(desk.county, 信访事项="反映路灯不亮").through("forward")
    first = desk.through("forward").make("forward", "forward")
    assert [first.paper.number, other.make("forward", "forward").paper.number] == ["清人信转〔2026〕1号", "清人信转〔2026〕2号"]
    assert desk.make("forward", "notice").paper.number == "清人信告〔2026〕1号"
    again = desk.make("forward", "forward", {"reason": "附件有误"})
    assert (again.paper.number, again.version, again.paper_id) == ("清人信转〔2026〕1号", 2, first.paper_id)
    assert text_of(PaperVersion.objects.get(pk=first.pk)) == text_of(first)


def test_a_number_of_the_offices_own_is_passed_over_and_never_given_twice(desk: LetterDesk) -> None:
    desk.through("forward").make("forward", "forward", {"文号": "清人信转〔2026〕1号"})
    other = LetterDesk(desk.county, 信访事项="反映路灯不亮").through("forward")
    with pytest.raises(TemplateFault, match="已用于另一份文书"):
        other.make("forward", "forward", {"文号": "清人信转〔2026〕1号"})
    assert other.make("forward", "forward").paper.number == "清人信转〔2026〕2号"


def test_a_new_version_needs_a_reason_and_nothing_is_kept_without(desk: LetterDesk) -> None:
    desk.through("forward").make("forward", "forward")
    with pytest.raises(TemplateFault, match="请写明原因"):
        desk.make("forward", "forward")
    assert PaperVersion.objects.count() == 1


def test_letters_stand_encrypted_and_are_journalled_without_personal_data(desk: LetterDesk) -> None:
    made = desk.through("forward").make("forward", "forward")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM documents_paperversion WHERE id = %s", [made.pk])
        raw = bytes(cursor.fetchone()[0])
    assert b"UEsDB" not in raw  # how the Base64 of every .docx begins
    entry = Entry.objects.get(action="letter.made")
    assert (entry.payload["letter"], entry.payload["number"], entry.payload["version"]) == (
        "信访事项转送函",
        "清人信转〔2026〕1号",
        1,
    )
    assert set(entry.payload["secrets"]) == {"信访人", "住址", "信访人电话", "反映内容"}
    assert "周大勇" not in str(entry.payload)


def test_only_who_may_take_the_step_makes_its_letters(desk: LetterDesk) -> None:
    desk.through("assign", "take_up")
    with pytest.raises(PermissionDenied, match="信访工作人员出具"):
        desk.make("assign", "assign", who=desk.unit)
    director = actor("director", desk.county.division)
    with pytest.raises(PermissionDenied):
        desk.make("assign", "assign", who=director)
    with pytest.raises(Http404):
        desk.make("take_up", "opinion", who=desk.unit)
    assert not Paper.objects.exists()


def test_the_matter_lists_what_is_wanted_and_what_was_made(desk: LetterDesk) -> None:
    desk.through("assign", "take_up")
    shown = letters.of_matter(desk.register, desk.case())
    assert [(one.name, one.to, one.step) for one in shown.wanted] == [
        ("信访事项受理告知书", "信访人", "受理并告知"),
        ("信访事项交办函", "承办单位", "交办"),
        ("信访事项告知书", "信访人", "交办"),
    ]
    assert [one.name for one in letters.of_matter(desk.register, desk.case(desk.unit)).wanted] == ["信访事项受理告知书"]
    desk.make("assign", "assign")
    shown = letters.of_matter(desk.register, desk.case())
    assert [(one.name, one.number, one.newest.version, bool(one.again_url)) for one in shown.made] == [
        ("信访事项交办函", "清人信交〔2026〕1号", 1, True)
    ]
    assert "信访事项交办函" not in {one.name for one in shown.wanted}


def test_a_letter_of_an_undone_step_stays_and_says_so(desk: LetterDesk) -> None:
    desk.through("forward").make("forward", "forward")
    services.undo(type(desk.petition), "petition", desk.pk, reason="转错单位", actor=desk.clerk)
    shown = letters.of_matter(desk.register, desk.case())
    assert [(one.undone, one.again_url) for one in shown.made] == [(True, "")]
    assert shown.wanted == []


def test_the_list_of_letters_asks_as_much_for_many_as_for_few(desk: LetterDesk, django_assert_num_queries: Any) -> None:
    desk.through("forward").make("forward", "forward")
    case = desk.case()
    with django_assert_num_queries(2):
        letters.of_matter(desk.register, case)
    desk.make("forward", "notice")
    for n in range(4):
        desk.make("forward", "notice", {"reason": f"第{n}次"})
    with django_assert_num_queries(2):
        letters.of_matter(desk.register, case)


def test_words_are_documented_and_masked_ones_are_marked() -> None:
    for code in LETTER_CODES:
        for word in words.of_letter(code):
            assert word.about, word.name
            assert word.name.isidentifier(), word.name
        secret = {word.name for word in words.of_letter(code) if word.secret}
        assert secret >= {"反映内容"}
        assert secret & {"称谓", "信访人"}


def test_periods_in_letters_are_those_of_the_law_of_the_day(desk: LetterDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    from renda.petitions.letters import values

    desk.through("forward")
    monkeypatch.setitem(values.TERMS, "告知时限", "pet.review.decide")
    monkeypatch.setitem(values.TERMS, "异议时限", "no.such.key")
    said = text_of(desk.make("forward", "forward"))
    assert "自收到之日起30日内书面告知信访人" in said
    assert "请在规定期限内向我机关提出异议" in said


def test_the_page_where_a_petitioner_looks_is_named_where_the_site_has_an_address(desk: LetterDesk, settings: Any) -> None:
    from renda.petitions.letters import values

    settings.SITE_ADDRESS = "https://renda.qinghe.example"
    county = desk.county.division
    assert f"https://renda.qinghe.example/public/{county.code}/petition/query/" in values.where_to_ask(county)
    assert values.where_to_ask(desk.county.townships["龙潭镇"]) == values.WHERE_TO_ASK
    settings.SITE_ADDRESS = ""
    assert values.where_to_ask(county) == values.WHERE_TO_ASK
