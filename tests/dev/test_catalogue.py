"""Collecting and checking messages: nothing that a page says may escape, nothing faulty may pass."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from dev.messages import Message

from dev import catalogue, messages


def entries(*found: Message, **english: str) -> catalogue.Plain:
    """A catalogue of these messages with these translations."""
    known = {("", text): string for text, string in english.items()}
    return catalogue.build(list(found), known, set(), {})


def test_messages_in_code_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "views.py"
    lines = ['_("保存")', 'gettext_lazy("删除")', 'ngettext("%(n)s 条", "%(n)s 条", n)', 'pgettext("月份", "三月")', "_(name)"]
    code.write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    found = list(messages._in_code(tmp_path))
    assert {(m.text, m.plural, m.context) for m in found} == {
        ("保存", "", ""),
        ("删除", "", ""),
        ("%(n)s 条", "%(n)s 条", ""),
        ("三月", "", "月份"),
    }


def test_messages_in_templates_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text(
        "{% load i18n %}<h1 title=\"{% trans '标题' %}\">it's {{ x }}</h1>"
        "{% blocktranslate count n=n %}{{ n }} 件{% plural %}{{ n }} 件{% endblocktranslate %}"
        '{% blocktranslate trimmed %}\n 你好，\n {{ name }}\n{% endblocktranslate %}{{ _("常量") }}'
        '{% translate "三月" context "月份" %}{% translate variable %}',
        "utf-8",
    )
    found = {(m.text, m.plural, m.context) for m in messages._in_templates(tmp_path)}
    assert found == {
        ("标题", "", ""),
        ("%(n)s 件", "%(n)s 件", ""),
        ("你好， %(name)s", "", ""),
        ("常量", "", ""),
        ("三月", "", "月份"),
    }


def test_a_message_belongs_to_the_lowest_app_that_says_it() -> None:
    low, high = Message("core/a.py", "保存"), Message("web/b.py", "保存")
    assert messages._once_each({"core": [low], "web": [high]}) == {"core": [low], "web": []}


def test_missing_untranslated_and_mismatched_english_is_refused() -> None:
    said = [Message("a.py", "共 %(n)s 条"), Message("a.py", "保存"), Message("a.py", "删除"), Message("a.py", "打开")]
    found = catalogue.faults("web", entries(*said, **{"共 %(n)s 条": "%(m)s records", "保存": "保存", "打开": "Open"}))
    assert len(found) == 3
    assert any("共 %(n)s 条" in line for line in found)
    assert any("not translated" in line and "保存" in line for line in found)
    assert any("no English" in line and "删除" in line for line in found)


def test_output_is_the_same_each_time_and_reads_back() -> None:
    built = entries(Message("web/a.py", "保存"), Message("web/b.py", "%(n)s 件", "%(n)s 件"), 保存="Save")
    once, again = catalogue.as_po(built), catalogue.as_po(built)
    assert once == again
    assert b"Date" not in once
    assert catalogue.as_mo(built) == catalogue.as_mo(built)
    import io

    back: Catalog = read_po(io.BytesIO(once), locale="en")
    assert back.get("保存").string == "Save"
    assert back.num_plurals == 2


def test_a_translation_of_another_app_fills_in() -> None:
    built = catalogue.build([Message("web/a.py", "保存")], {}, set(), {("", "保存"): "Save"})
    assert catalogue.faults("web", built) == []


def test_words_of_the_declarations_are_collected() -> None:
    from renda.directory import roles

    said = messages.collect()
    everything = {message.text for found in said.values() for message in found}
    assert {name for _code, name in roles.CHOICES} <= everything
    assert "机关单位" in everything
    places = [message.key for found in said.values() for message in found]
    assert len(places) == len(set(places))
