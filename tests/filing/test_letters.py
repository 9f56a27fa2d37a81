"""The letters of filing and review: who writes to whom, and what they say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import pytest

from renda.core import clock
from renda.directory.gate import Actor
from renda.documents import papers, rendering
from renda.documents import registry as templates
from renda.filing.models import NormativeDocument
from renda.filing.procedure import DOCUMENT
from renda.procedure import cases
from renda.procedure.models import StepTaken
from renda.registers import registry
from renda.ui import letters
from tests import small_county
from tests.filing.test_procedure import ALL, Desk

pytestmark = [pytest.mark.django_db]
CODES = [one.code for one in DOCUMENT.letters]
OPPOSED = {"ground": "conflict", "problem": "处罚幅度超出上位法", "opinions": 2, "sent": date(2026, 4, 22)}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(date(2026, 12, 20)):
        yield


@pytest.fixture
def desk() -> Desk:
    return Desk(small_county.make(), 文号="清交规〔2026〕1号")


def made(desk: Desk, step: str, letter: str, who: Actor | None = None) -> str:
    """A letter of the last step with this code, as text."""
    place = StepTaken.objects.filter(matter_id=desk.pk, code=step).order_by("-place")[0].place
    version = letters.make(registry.get("filing.documents"), desk.pk, place, letter, {}, actor=who or desk.office)
    document = docx.Document(io.BytesIO(papers.content_of(version)))
    return "\n".join(one.text for one in [*document.sections[0].first_page_header.paragraphs, *document.paragraphs])


@pytest.mark.parametrize("code", CODES)
def test_every_letter_has_a_template_that_its_words_fill(code: str) -> None:
    template = templates.get(f"filing_document.{code}")
    filled = rendering.fill(template.shipped.read_bytes(), template.samples())
    said = "\n".join(text for _place, text in rendering.paragraphs(filled.content))
    assert "{" not in said
    own = {word.name for word in template.words} - {word.name for word in templates.get("filing_document.filing_report").words}
    assert own <= filled.used, "each word that a letter has of its own is used in its shipped template"


def test_the_maker_reports_and_the_office_gives_a_receipt(desk: Desk) -> None:
    desk.take("file", date(2026, 3, 20), ALL, desk.maker)
    report = made(desk, "file", "filing_report", desk.maker)
    assert report.startswith(
        "县交通局\n县交通局备报〔2026〕1号\n关于报送《河道管理办法》备案的报告\n清河县人民代表大会常务委员会："
    )
    assert "（清交规〔2026〕1号）" in report
    desk.take("register", date(2026, 3, 24))
    receipt = made(desk, "register", "receipt")
    assert receipt.startswith("清河县人民代表大会常务委员会\n清人备登〔2026〕1号\n规范性文件备案登记回执\n县交通局：")
    for part in ("2026年3月20日报送备案", "2026年3月24日予以登记", desk.document.number):
        assert part in receipt, part


def test_an_opinion_says_what_is_wrong_and_until_when_to_answer(desk: Desk) -> None:
    desk.reviewing().take("oppose", date(2026, 4, 20), OPPOSED)
    said = made(desk, "oppose", "opinion")
    for part in ("同法律、法规规定相抵触", "处罚幅度超出上位法", "监督法》", "并及时书面回复处理意见"):
        assert part in said, part


def test_a_motion_repeats_the_opinion_and_comes_from_the_chairpersons(desk: Desk) -> None:
    desk.reviewing().take("oppose", date(2026, 4, 20), OPPOSED)
    desk.take("move", date(2026, 6, 1), {"reason": "逾期未处理"})
    said = made(desk, "move", "motion")
    assert said.startswith("清河县人大常委会主任会议\n清人备议〔2026〕1号\n关于提请撤销《河道管理办法》的议案")
    for part in ("县交通局制定的", "处罚幅度超出上位法", "逾期未处理"):
        assert part in said, part


@pytest.mark.parametrize(
    ("steps", "conclusion"), [(("clear",), "未发现应当予以纠正的问题"), (("oppose", "correct", "confirm"), "已经纠正")]
)
def test_the_result_says_how_the_review_ended(steps: tuple[str, ...], conclusion: str, desk: Desk) -> None:
    answers: dict[str, dict[str, Any]] = {"oppose": OPPOSED, "correct": {"how": "amended"}}
    for n, code in enumerate(steps):
        desk.reviewing() if n == 0 else None
        desk.take(code, date(2026, 4, 20 + n), answers.get(code, {}), desk.maker if code == "correct" else None)
    assert conclusion in made(desk, steps[-1], "result")


def test_numbers_of_a_townships_documents_count_in_the_county(desk: Desk) -> None:
    """The county's office writes to all; its numbers run through, whichever township a document is of."""
    other = Desk.__new__(Desk)
    other.__dict__.update(desk.__dict__)
    county = NormativeDocument.objects.get(pk=desk.pk).division
    row = {"文件名称": "集市管理规定", "制定机关": "龙潭镇人民政府", "公布日期": "2026-03-02"}
    small = small_county.SmallCounty(county, {})
    other.pk = small.enter("filing.documents", [row])[0]
    town = county.children.get(name="龙潭镇")
    NormativeDocument.objects.filter(pk=other.pk).update(division=town)
    for one in (desk, other):
        one.take("file", date(2026, 3, 20), ALL, outside=True)
        one.take("register", date(2026, 3, 24))
    assert "清人备登〔2026〕1号" in made(desk, "register", "receipt")
    assert "清人备登〔2026〕2号" in made(other, "register", "receipt")
    case = cases.load(NormativeDocument, "filing_document", [other.pk], actor=desk.office, on=date(2026, 12, 20))[0]
    assert [one.number for one in letters.of_matter(registry.get("filing.documents"), case).made] == ["清人备登〔2026〕2号"]
