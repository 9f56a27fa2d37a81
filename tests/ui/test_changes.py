"""Entering, changing, voiding and revealing through the pages; every change is journalled, every refusal says why."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
from django.test import Client

from renda.journal.models import Entry
from renda.journal.services import verify
from renda.registers import registry
from renda.ui import editing
from tests.office import Office

CODE = "suggestions.suggestions"
LIST = "/suggestions/suggestions/"


def field(name: str, code: str = CODE) -> str:
    return next(c.field for c in registry.get(code).columns if c.name == name)


def test_a_new_record_is_saved_numbered_and_journalled(as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    posted = {
        field("标题"): "关于公交线路的建议",
        field("领衔代表"): "李娜",
        field("提出日期"): "2021年3月5日",
        field("主办单位"): "县交通局",
    }
    posted |= {field("类别"): "建议", field("年度"): "2021"}
    answer = client.post(LIST + "new/", posted, follow=True)
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "已登记" in body
    assert "关于公交线路的建议" in body
    assert Entry.objects.filter(action="record.created", subject_label="关于公交线路的建议").exists()


def test_faults_stand_in_a_summary_and_at_the_field_and_nothing_is_lost(as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    before = Entry.objects.count()
    answer = client.post(LIST + "new/", {field("标题"): "甲", field("提出日期"): "2021年13月5日", field("领衔代表"): "查无此人"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field("提出日期")}"' in body
    assert "名册中没有“查无此人”" in body
    assert 'value="2021年13月5日"' in body
    assert Entry.objects.count() == before


def test_only_touched_fields_change_and_the_history_says_which(as_role: Callable[[str], Client], office: Office) -> None:
    client, pk = as_role("clerk"), office.ids[CODE][0]
    form = {one.name: one.value for one in editing.of_record(registry.get(CODE), pk).fields}
    answer = client.post(f"{LIST}{pk}/edit/", form | {field("标题"): "改过的标题"}, follow=True)
    assert "已保存" in answer.content.decode()
    entry = Entry.objects.filter(action="record.changed", subject_id=pk).get()
    assert list(entry.payload["changes"]) == [field("标题")]
    assert "改过的标题" in client.get(f"{LIST}{pk}/").content.decode()


def test_saving_an_untouched_form_changes_nothing(as_role: Callable[[str], Client], office: Office) -> None:
    pk = office.ids[CODE][1]
    form = {one.name: one.value for one in editing.of_record(registry.get(CODE), pk).fields}
    assert as_role("clerk").post(f"{LIST}{pk}/edit/", form).status_code == 302
    assert not Entry.objects.filter(action="record.changed").exists()


def test_voiding_asks_with_the_name_for_a_reason(as_role: Callable[[str], Client], office: Office) -> None:
    client, pk = as_role("clerk"), office.ids[CODE][0]
    page = f"{LIST}{pk}/void/"
    assert "关于农村饮水安全的建议（1）" in client.get(page).content.decode()
    refused = client.post(page, {"pick": pk, "reason": " "})
    assert refused.status_code == 422
    assert registry.get(CODE).records().filter(pk=pk).exists()
    client.post(page, {"pick": pk, "reason": "重复登记"})
    assert not registry.get(CODE).records().filter(pk=pk).exists()
    body = client.get(f"{LIST}{pk}/").content.decode()
    assert "已作废" in body
    assert "重复登记" in body
    assert client.get(f"{LIST}{pk}/edit/").status_code == 404


def test_several_records_are_voided_at_once_and_not_by_those_who_may_not(
    as_role: Callable[[str], Client], office: Office
) -> None:
    pks = office.ids[CODE][:2]
    assert as_role("director").post(LIST + "void/", {"pick": pks, "reason": "x"}).status_code == 403
    assert registry.get(CODE).records().filter(pk__in=pks).count() == 2
    as_role("clerk").post(LIST + "void/", {"pick": pks, "reason": "登记错误"})
    assert registry.get(CODE).records().filter(pk__in=pks).count() == 0


def test_secret_values_are_masked_until_a_reason_is_given_and_the_look_is_journalled(
    as_role: Callable[[str], Client], office: Office
) -> None:
    client, pk = as_role("petition"), office.ids["petitions.petitions"][0]
    page = f"/petitions/petitions/{pk}/"
    for body in (
        client.get(page).content.decode(),
        client.get("/petitions/petitions/").content.decode(),
        client.get(page + "edit/").content.decode(),
    ):
        assert "周大勇" not in body
        assert "13812345678" not in body
    reveal = f"{page}reveal/{field('联系电话', 'petitions.petitions')}/"
    assert client.post(reveal, {"reason": ""}).status_code == 422
    assert "13812345678" in client.post(reveal, {"reason": "电话回访"}).content.decode()
    entry = Entry.objects.get(action="secret.revealed")
    assert entry.payload["reason"] == "电话回访"
    assert "13812345678" not in str(entry.payload)
    assert verify().fault is None


def test_secret_fields_left_empty_stay(as_role: Callable[[str], Client], office: Office) -> None:
    code, pk = "petitions.petitions", office.ids["petitions.petitions"][0]
    form = {one.name: one.value for one in editing.of_record(registry.get(code), pk).fields} | {field("信访事项", code): "改过"}
    client = as_role("petition")
    assert client.post(f"/petitions/petitions/{pk}/edit/", form).status_code == 302
    reveal = f"/petitions/petitions/{pk}/reveal/{field('联系电话', code)}/"
    assert "13812345678" in client.post(reveal, {"reason": "核对"}).content.decode()


def test_the_workbook_holds_what_the_list_shows_and_the_export_is_journalled(
    as_role: Callable[[str], Client], office: Office
) -> None:
    client = as_role("clerk")
    client.get(f"{LIST}?columns={field('编号')}&columns={field('标题')}")
    answer = client.get(LIST + "export/?q=饮水&sort=" + field("编号"))
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    assert rows[0] == ("编号", "标题")
    assert [row[0] for row in rows[1:]] == ["2021-001", "2021-002", "2021-003"]
    picked = client.get(f"{LIST}export/?pick={office.ids[CODE][1]}")
    assert len(list(openpyxl.load_workbook(BytesIO(b"".join(picked.streaming_content))).active.iter_rows())) == 2
    assert Entry.objects.filter(action="list.exported").count() == 2
    assert as_role("deputy").get(LIST + "export/").status_code == 403
