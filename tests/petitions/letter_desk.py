"""A petition on its way with an office that writes letters: for the tests of letters."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import docx

from renda.directory.gate import Actor
from renda.directory.models import Organ
from renda.documents import papers
from renda.documents.models import PaperVersion
from renda.petitions.models import Petition
from renda.procedure import cases
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken
from renda.registers import registry
from renda.ui import letters
from tests.petitions.test_procedure import Desk
from tests.small_county import SmallCounty

REGISTER = "petitions.petitions"
PERSON = {"信访人": "周大勇", "联系电话": "13812345678", "住址": "龙潭镇一村12号", "反映内容": "城南积水，周大勇电话13812345678"}
ANSWERS = {
    "result": "supported",
    "facts": "经查属实",
    "decision": "列入改造计划",
    "legal_basis": "《城镇排水与污水处理条例》第十四条",
}
LAST = date(2026, 7, 18)


class LetterDesk(Desk):
    """A petition with a known petitioner; takes every step that writes letters, and makes them."""

    def __init__(self, county: SmallCounty, **more: Any) -> None:
        facts = {"kind": "standing_committee", "system": "congress", "contact": "王芳", "office_phone": "0990-1234567"}
        Organ.objects.get_or_create(
            division=county.division, natural_key="清河县人大常委会", defaults={"name": "清河县人民代表大会常务委员会", **facts}
        )
        super().__init__(county, **{**PERSON, **more})
        self.register = registry.get(REGISTER)

    def case(self, who: Actor | None = None) -> Case:
        """The matter as the actor (the clerk) finds it."""
        return cases.load(Petition, "petition", [self.pk], actor=who or self.clerk, on=date(2026, 12, 20))[0]

    def place(self, code: str) -> int:
        """The place of the last step with this code."""
        return StepTaken.objects.filter(matter_id=self.pk, code=code).order_by("-place")[0].place

    def make(self, step: str, letter: str, given: Mapping[str, str] | None = None, who: Actor | None = None) -> PaperVersion:
        """Make a letter of the last step with this code."""
        return letters.make(self.register, self.pk, self.place(step), letter, given or {}, actor=who or self.clerk)

    def through(self, *codes: str) -> LetterDesk:
        """Take these steps, each with plain answers."""
        housing = self.county.organs["县住建局"].pk
        given: dict[str, tuple[date, dict[str, Any], Actor | None]] = {
            "forward": (date(2026, 6, 5), {"handler": housing}, None),
            "assign": (date(2026, 6, 5), {"handler": housing, "report_by": date(2026, 8, 20), "demands": "请当面听取周大勇意见"}, None),
            "take_up": (date(2026, 6, 10), {"notified": date(2026, 6, 10)}, self.unit),
            "extend": (date(2026, 6, 20), {"until": date(2026, 8, 20), "approver": "李明", "reason": "需检测管网"}, self.unit),
            "answer": (LAST, {**ANSWERS, "told": LAST}, self.unit),
            "press": (date(2026, 7, 20), {"ground": "delay", "demand": "五日内约见信访人"}, None),
            "send_back": (date(2026, 7, 21), {"reason": "未答复第二项请求"}, None),
        }  # fmt: skip
        for code in codes:
            on, answers, who = given[code]
            self.take(code, on, answers, who=who)
        return self


def text_of(version: PaperVersion) -> str:
    """Everything that a letter says, the first page's header included."""
    document = docx.Document(io.BytesIO(papers.content_of(version)))
    heads = document.sections[0].first_page_header.paragraphs
    return "\n".join(one.text for one in [*heads, *document.paragraphs])
