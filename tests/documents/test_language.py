"""The language of templates: what fills a letter, and what must never run."""

from __future__ import annotations

import time
from typing import Any

import pytest

from renda.documents import rendering
from renda.documents.language import LetterEnvironment, TemplateFault
from tests.documents.wordfiles import WORDS, texts, word_file

VALUES: dict[str, Any] = {word.name: word.shown() for word in WORDS}

ATTACKS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ 信访人.__class__ }}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}", "{{ lipsum.__globals__ }}", "{{ joiner.__init__ }}", "{{ namespace.__init__ }}", "{{ dict.mro() }}",
    "{{ 信访人|attr('__class__') }}", "{{ 信访人['__class__'] }}", "{{ 信访人.format(1) }}", "{{ '%s' % 信访人 }}", "{{ 'a' * 999999999 }}",
    "{{ 7*7 }}", "{{ range(999999999) }}", "{{ [1, 2] }}", "{{ {'a': 1} }}", "{{ 信访人() }}", "{{ 信访人|length }}", "{{ 信访人|safe }}",
    "{% set a = 1 %}", "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends 'x' %}", "{% macro m() %}{% endmacro %}",
    "{% call x() %}{% endcall %}", "{% filter upper %}x{% endfilter %}", "{% with a = 1 %}{% endwith %}", "{% block b %}{% endblock %}",
    "{{ 信访人 if 事项 else 说明 }}", "{% if 信访人 is defined %}x{% endif %}", "{% do 1 %}",
    "{% for a in 说明 %}{% endfor %}", "{% for a in range(9) %}{% endfor %}", "{% for a in 附件 %}{% for b in 附件 %}{% endfor %}{% endfor %}",
    "{% for a in 附件 recursive %}{{ loop(附件) }}{% endfor %}", "{% for a in 附件 %}{{ loop.cycle }}{% endfor %}",
    "{% for a in 附件 %}{{ loop.__class__ }}{% endfor %}", "{% for a, b in 附件 %}{% endfor %}", "{{ loop.index }}", "{{ 1 ~ 2 }}",
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["body", "header", "property"])
def test_code_is_refused_wherever_it_stands(attack: str, place: str) -> None:
    files = {"body": word_file(attack), "header": word_file("x", header=attack), "property": word_file("x", title=attack)}
    started = time.monotonic()
    with pytest.raises(TemplateFault, match="模板里"):
        rendering.render(files[place], VALUES)
    assert time.monotonic() - started < 5


def test_the_sandbox_behind_refuses_too() -> None:
    """Were a tree to pass the inspection, nothing dangerous is in reach."""
    environment = LetterEnvironment(["信访人"], [])
    assert (environment.globals, environment.filters, environment.tests) == ({}, {}, {})
    assert not environment.is_safe_attribute("", "__class__", str)
    assert not environment.is_safe_callable(open)


def test_words_conditions_and_lists_fill_a_letter() -> None:
    template = word_file(
        "{{ 信访人 }}：{% if 事项 == '道路积水' %}积水{% else %}其他{% endif %}",
        "{%p if 附件 %}",
        "附件",
        "{%p for 项 in 附件 %}",
        "{{ loop.index }}/{{ loop.length }} {{ 项 }}",
        "{%p endfor %}",
        "{%p endif %}",
        "{{ 说明 }}",
    )
    filled = rendering.fill(template, VALUES)
    assert texts(filled.content) == ["周大勇：积水", "附件", "1/2 来信", "2/2 照片", "第一段", "第二段"]
    assert filled.used == {"信访人", "事项", "附件", "说明"}
    without = rendering.render(template, {**VALUES, "附件": [], "事项": ""})
    assert texts(without) == ["周大勇：其他", "第一段", "第二段"]


@pytest.mark.parametrize(
    "nasty",
    ["<w:p/>&amp;", "{{ 7*7 }}", "{% if 1 %}", "]]>", "a\x00b\x1fc", "“引号”'\"", "𠮷\ud800"[:1], "{_{ x }_}", "a\ab\fc\td"],
)
def test_what_people_write_stays_text(nasty: str) -> None:
    made = texts(rendering.render(word_file("前{{ 信访人 }}后"), {**VALUES, "信访人": nasty}))
    assert len(made) == 1
    assert made[0].startswith("前")
    assert made[0].endswith("后")
    assert "49" not in made[0]


def test_an_unknown_word_is_named() -> None:
    with pytest.raises(TemplateFault, match=r"\{\{ 信访者 \}\} 不存在"):
        rendering.render(word_file("{{ 信访者 }}"), VALUES)


@pytest.mark.parametrize("broken", ["{{ 信访人", "{% if 信访人 %}", "{% endif %}", "{{ }}", "{% 循环 %}", "{{ 信访人 事项 }}"])
def test_a_slip_of_the_pen_is_told_with_its_place(broken: str) -> None:
    with pytest.raises(TemplateFault, match=r"写法有误，在“.*”附近"):
        rendering.render(word_file("第一段", broken, "第三段"), VALUES)


@pytest.mark.parametrize("kind", ["p", "r", "tr", "tc"])
def test_placeholders_that_would_leave_bare_text_are_refused(kind: str) -> None:
    with pytest.raises(TemplateFault, match="请改为"):
        rendering.render(word_file(f"{{{{{kind} 信访人 }}}}"), VALUES)


def test_the_letter_does_not_say_who_made_its_template() -> None:
    import io

    import docx

    properties = docx.Document(io.BytesIO(rendering.render(word_file("x{{ 事项 }}"), VALUES, title="函"))).core_properties
    assert (properties.author, properties.last_modified_by, properties.title, properties.comments) == (
        "人大工作平台",
        "人大工作平台",
        "函",
        "",
    )
