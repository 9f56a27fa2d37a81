"""Matters linked by hand: listed on both pages, to those who see both, and to nobody else; made and taken away in the journal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renda.directory import gate
from renda.journal.models import Entry
from renda.petitions.models import Petition
from renda.procedure import linking
from renda.procedure.models import Link, Matter
from renda.registers import registry
from renda.suggestions.models import Suggestion
from renda.ui import links
from tests.ui import steps_desk
from tests.ui.steps_desk import Pages, enter

SUGGESTIONS = "suggestions.suggestions"


@pytest.fixture
def pages(db: None) -> Iterator[Pages]:
    yield from steps_desk.make()


@pytest.fixture
def suggestion(pages: Pages) -> Suggestion:
    found = Suggestion.objects.get(pk=pages.office.ids[SUGGESTIONS][0])
    Matter.objects.filter(pk=found.pk).update(number="建2021-001")
    return found


def of_suggestion(pages: Pages, name: str, pk: int) -> str:
    return str(pages.client(name).get(f"/suggestions/suggestions/{pk}/").content.decode())


def test_two_petitions_are_linked_on_both_pages(pages: Pages) -> None:
    other = enter(pages.office, "信2026-0777", 信访事项="反映学校门口噪声")
    page = pages.post("petition", "links/", kind="petitions.petitions", number=" 信2026-0777 ", relation="cause", note="同一路段")
    assert "信2026-0777 · 反映学校门口噪声" in page
    assert "起因相同 · 同一路段" in page
    back = pages.client("petition").get(f"/petitions/petitions/{other}/").content.decode()
    assert "反映学校周边交通拥堵" in back
    assert "这两个事项已经关联" in pages.post(
        "petition", "links/", kind="petitions.petitions", number="信2026-0777", relation="see"
    )
    assert Link.objects.count() == 1
    assert Petition.objects.get(pk=pages.pk).thread_id is None, "no thread: the matters stay what they are"


def test_more_links_cost_no_more_queries(pages: Pages) -> None:
    clerk = gate.actor_of(pages.office.accounts["petition"].hats.get(role="petition_clerk"))
    register = registry.get("petitions.petitions")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            links.of_matter(register, pages.petition, clerk)
        return len(asked)

    numbers = [f"信2026-07{n}" for n in range(1, 6)]
    others = [Petition.objects.get(pk=enter(pages.office, number, 信访事项=f"反映噪声{number}")) for number in numbers]
    linking.link(others[0], pages.petition, "see", "", actor=clerk)
    one = cost()
    for other in others[1:]:
        linking.link(other, pages.petition, "see", "", actor=clerk)
    assert cost() == one
    assert len(links.of_matter(register, pages.petition, clerk).rows) == 5


def test_a_link_never_shows_a_matter_to_those_who_may_not_see_it(pages: Pages, suggestion: Suggestion) -> None:
    clerk = gate.actor_of(pages.office.accounts["clerk"].hats.get(role="congress_clerk"))
    linking.link(suggestion, pages.petition, "see", "来源于信访", actor=clerk)
    assert "反映学校周边交通拥堵" in of_suggestion(pages, "clerk", suggestion.pk)
    for name in ("deputy", "unit"):
        page = of_suggestion(pages, name, suggestion.pk)
        assert suggestion.title in page
        assert "反映学校周边交通拥堵" not in page
        assert "关联事项" not in page, "not even that there is a link"
    petition_page = pages.page("petition")
    assert suggestion.title not in petition_page
    assert "来源于信访" not in petition_page
    held = Link.objects.get()
    assert pages.client("petition").get(pages.address(f"links/{held.pk}/")).status_code == 404
    for entry in Entry.objects.filter(action="matter.linked"):
        shown = f"{entry.subject_label}{entry.payload}"
        assert not ("建2021-001" in shown and pages.petition.number in shown), "an entry names one of them only"


def test_the_unknown_and_the_unseen_are_answered_alike(pages: Pages, suggestion: Suggestion) -> None:
    words = [
        pages.post("petition", "links/", kind=SUGGESTIONS, number="建2021-001", relation="see"),
        pages.post("petition", "links/", kind=SUGGESTIONS, number="建2021-002", relation="see"),
    ]
    assert all("没有编号为" in one for one in words)
    assert not Link.objects.exists()


def test_a_matter_is_not_linked_with_itself_nor_by_those_who_only_read(pages: Pages) -> None:
    number = pages.petition.number
    assert "不能与本事项自己关联" in pages.post("petition", "links/", kind="petitions.petitions", number=number, relation="see")
    pages.post("clerk", "links/", status=403, kind="petitions.petitions", number=number, relation="see")
    assert "添加关联" in pages.page("petition")
    assert "添加关联" not in pages.page("clerk")


def test_a_link_is_taken_away_with_a_reason(pages: Pages) -> None:
    enter(pages.office, "信2026-0777", 信访事项="反映学校门口噪声")
    pages.post("petition", "links/", kind="petitions.petitions", number="信2026-0777", relation="see")
    held = Link.objects.get()
    assert "请写明取消关联的原因" in pages.post("petition", f"links/{held.pk}/", status=422, reason=" ")
    page = pages.post("petition", f"links/{held.pk}/", reason="编号填错")
    assert "信2026-0777" not in page
    assert pages.client("petition").post(pages.address(f"links/{held.pk}/"), {"reason": "再来"}).status_code == 404
    assert [one.action for one in Entry.objects.filter(action__startswith="matter.").order_by("sequence")] == [
        "matter.linked", "matter.linked", "matter.unlinked", "matter.unlinked",
    ]  # fmt: skip
    pages.post("petition", "links/", kind="petitions.petitions", number="信2026-0777", relation="cause")
    assert Link.objects.filter(removed_at__isnull=True).count() == 1, "what was undone may be done again"
