"""A step in several matters at once: chosen, filled in once, looked through, taken in those where it can be."""

from __future__ import annotations

from datetime import date

from renda.petitions.models import Petition
from renda.procedure import services
from renda.procedure.models import StepTaken
from tests.ui.steps_desk import PETITIONS, Pages, enter, pages
from tests.ui.test_steps import text

__all__ = ["pages"]
STEPS = PETITIONS + "steps/"
FORM = {"step": "forward", "on": "2026-12-10", "handler": "县教育局", "note": ""}


def several(pages: Pages, count: int) -> list[int]:
    return [pages.pk, *(enter(pages.office, f"信2026-9{n:03d}", 信访事项=f"反映噪声（{n}）") for n in range(1, count))]


def ask(pages: Pages, ids: list[int], status: int = 200, who: str = "petition", **more: str) -> str:
    answer = pages.client(who).get(STEPS, {"pick": ids, **more})
    assert answer.status_code == status
    return str(answer.content.decode())


def send(pages: Pages, ids: list[int], stage: str, status: int = 200, **more: object) -> str:
    answer = pages.client("petition").post(STEPS, {**FORM, "pick": ids, "stage": stage, **more})
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return str(answer.content.decode())


def seen(ids: list[int]) -> list[str]:
    return [f"{pk}:{taken}" for pk, taken in Petition.objects.filter(pk__in=ids).values_list("pk", "steps_taken")]


def test_the_list_offers_steps_to_those_who_take_any(pages: Pages) -> None:
    assert f'formaction="{STEPS}"' in pages.client("petition").get(PETITIONS).content.decode()
    assert f'formaction="{STEPS}"' not in pages.client("director").get(PETITIONS).content.decode()
    assert ask(pages, [pages.pk], who="director", status=403)
    pages.take("petition", "forward", date(2026, 12, 2), handler=pages.school)
    unit = pages.client("unit").get(PETITIONS).content.decode()
    assert f'formaction="{STEPS}"' in unit
    assert "导出所选" not in unit  # a unit takes its steps in sets; it exports nothing


def test_only_the_steps_that_the_chosen_states_share_are_offered(pages: Pages) -> None:
    ids = several(pages, 3)
    words = text(ask(pages, ids))
    assert "待处理 3 件" in words
    assert "转送 转送有权处理的机关、单位，由其受理并告知信访人。现在可办 3 件" in words
    assert "并案" not in words  # one by one only
    pages.take("petition", "withdraw", date(2026, 12, 2), statement="电话撤回")
    words = text(ask(pages, ids))
    assert "待处理 2 件" in words.replace("、 ", "")
    assert "没有可以一起办理的共同步骤" in words


def test_the_preview_says_which_can_and_why_others_cannot_and_takes_the_rest(pages: Pages) -> None:
    ids = several(pages, 3)
    accused = {"事项类别": "检举控告", "被反映机关": "县教育局", "信访事项": "反映收费问题"}
    ids.append(enter(pages.office, "信2026-9999", **accused))
    assert "转送" in ask(pages, ids, step="forward")
    page = send(pages, ids, "preview")
    words = text(page)
    assert "不能办理的 1 件" in words
    assert "不得转给它，请另选承办单位。（《信访工作条例》" in words
    assert "办理其中可办的 3 件" in words
    assert StepTaken.objects.count() == 0
    send(pages, ids[:3], "take", status=302, seen=seen(ids[:3]))
    assert set(Petition.objects.filter(phase="forwarded").values_list("pk", flat=True)) == set(ids[:3])
    assert Petition.objects.get(pk=ids[3]).phase == "registered"


def test_one_who_was_quicker_stops_the_whole_set(pages: Pages) -> None:
    ids = several(pages, 3)
    shown = seen(ids)
    who = pages.actor("petition")
    services.take(Petition, "petition", "notify", [ids[0]], actor=who, on=date(2026, 12, 3), answers={"how": "post"})
    words = text(send(pages, ids, "take", status=422, seen=shown))
    assert "核对之后，有的事项已有新的办理" in words
    assert "已办理“书面告知信访人”" in words
    assert "办理其中可办的 2 件" in words
    services.take(Petition, "petition", "withdraw", [ids[1]], actor=who, on=date(2026, 12, 4), answers={"statement": "撤回"})
    assert "现为“已撤回”" in text(send(pages, ids, "take", status=422, seen=shown))
    assert not StepTaken.objects.filter(code="forward").exists()


def test_a_matter_that_the_preview_did_not_show_is_not_taken(pages: Pages) -> None:
    ids = several(pages, 2)
    send(pages, ids, "take", status=422, seen=seen(ids[:1]))
    assert not StepTaken.objects.exists()


def test_the_form_comes_back_with_what_is_wrong_and_with_what_was_typed(pages: Pages) -> None:
    ids = several(pages, 2)
    page = send(pages, ids, "preview", status=422, handler="", note="请速办")
    assert "“承办单位”必填" in page
    assert "请速办</textarea>" in page
    assert "请速办</textarea>" in send(pages, ids, "edit", note="请速办")


def test_more_than_two_hundred_are_refused_and_none_chosen_is_explained(pages: Pages) -> None:
    words = text(ask(pages, list(range(1, 202))))
    assert "一次最多办理 200 件，您选了 201 件" in words
    assert "还没有选择可以办理的事项" in text(ask(pages, []))


def test_what_is_out_of_sight_is_left_out(pages: Pages) -> None:
    own, hidden = several(pages, 2)
    Petition.objects.filter(pk=hidden).update(keeper=pages.office.county.townships["龙潭镇"])
    assert "已选 1 件" in text(ask(pages, [own, hidden], who="town") + "") or "已选 1 件" in text(
        ask(pages, [own, hidden], who="town")
    )
    pages.client("petition")
    assert "已选 2 件" in text(ask(pages, [own, hidden]))  # the county sees its townships


def test_the_pages_ask_as_many_queries_for_thirty_as_for_three(pages: Pages) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ids = several(pages, 30)
    counts = []
    for chosen in (ids[:3], ids):
        for run in (lambda c=chosen: ask(pages, c), lambda c=chosen: send(pages, c, "preview")):
            run()
            with CaptureQueriesContext(connection) as captured:
                run()
            counts.append(len(captured))
    assert counts[:2] == counts[2:]
