"""The language of templates: placeholders, conditions and loops over declared words, and nothing that runs code.

Templates are uploaded by offices. Their source is read into a tree before it is run, and a tree with anything but placeholders,
``if``, ``for`` and comparisons is refused; the sandbox behind it is the second wall.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from renda.documents.faults import TemplateFault

__all__ = ["LetterEnvironment", "TemplateFault", "unknown_word"]

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_LOOP_FACTS = ("index", "first", "last", "length")


def unknown_word(name: str) -> TemplateFault:
    """The fault of a placeholder that the letter does not have."""
    return TemplateFault(_("模板里的占位符 {{ %(name)s }} 不存在。请对照“可用占位符”核对用字后重新上传。") % {"name": name})


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja with the declared words only: no functions, attributes, filters, arithmetic, imports or macros."""

    def __init__(self, words: Collection[str], lists: Collection[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, extensions=())
        self.words, self.lists = frozenset(words), frozenset(lists)
        self.used: set[str] = set()
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self.loader = None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing but the facts of a loop."""
        return isinstance(obj, LoopContext) and attr in _LOOP_FACTS

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called."""
        return False

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
        except TemplateSyntaxError as error:
            raise TemplateFault(
                _("模板里的占位符写法有误，在“%(near)s”附近。请检查 {{ }}、{%% %%} 是否成对，if 和 for 是否有结束。")
                % {"near": _near(source, error.lineno)}
            ) from error
        except RecursionError as error:
            raise TemplateFault(_("模板里的条件套得太深，请拆开。")) from error
        self._inspect(tree)
        return tree

    def _inspect(self, tree: nodes.Template) -> None:
        """Refuse whatever is no placeholder, condition or loop; note which words are used."""
        for node, bound in _walk(tree, frozenset()):
            if isinstance(node, nodes.For):
                self._loop(node, bound)
            if isinstance(node, nodes.Getattr) and _is_loop_fact(node, bound):
                continue
            if not isinstance(node, _ALLOWED):
                raise TemplateFault(
                    _("模板里用了不允许的写法（%(what)s）。模板只能用占位符、条件和循环。") % {"what": _spoken(node)}
                )
            if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in bound:
                if node.name not in self.words:
                    raise unknown_word(node.name)
                self.used.add(node.name)

    def _loop(self, node: nodes.For, bound: frozenset[str]) -> None:
        """A loop runs over one of the words that hold several lines; none within another."""
        known = isinstance(node.iter, nodes.Name) and node.iter.name in self.lists
        if bound or node.recursive or node.else_ or not known:
            named = "、".join(sorted(self.lists)) or "附件"
            raise TemplateFault(
                _("模板里的循环只能是“{%% for 项 in %(word)s %%}…{%% endfor %%}”，不能套循环；可以循环的有：%(named)s。")
                % {"word": sorted(self.lists)[0] if self.lists else "附件", "named": named}
            )


def _walk(node: nodes.Node, bound: frozenset[str]) -> Iterator[tuple[nodes.Node, frozenset[str]]]:
    """The tree with the names that loops bind."""
    yield node, bound
    if isinstance(node, nodes.For):
        own = bound | {one.name for one in node.target.find_all(nodes.Name)} | {"loop"}
        if isinstance(node.target, nodes.Name):
            own |= {node.target.name}
        yield from _walk(node.iter, bound)
        for child in (node.target, *([node.test] if node.test else []), *node.body):
            yield from _walk(child, own)
        return
    for child in node.iter_child_nodes():
        yield from _walk(child, bound)


def _is_loop_fact(node: nodes.Getattr, bound: frozenset[str]) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "loop" and "loop" in bound and node.attr in _LOOP_FACTS


_WORDS = {
    "Getattr": "“.”后取内容", "Getitem": "方括号取内容", "Filter": "“|”", "Call": "调用", "CallBlock": "调用", "Test": "is 判断",
    "Assign": "set 赋值", "AssignBlock": "set 赋值", "Include": "include 引用", "Import": "import 引用", "FromImport": "import 引用",
    "Extends": "extends 引用", "Macro": "macro 宏", "Block": "block", "With": "with", "FilterBlock": "filter", "CondExpr": "行内 if",
}  # fmt: skip


def _spoken(node: nodes.Node) -> str:
    """What the clerk wrote, as far as it can be said."""
    name = getattr(node, "attr", "") or getattr(node, "name", "")
    words = _WORDS.get(type(node).__name__) or ("算式" if isinstance(node, nodes.BinExpr | nodes.UnaryExpr) else "成组的内容")
    return f"{words}：{name}" if isinstance(name, str) and name else words


def _near(source: str, line: int) -> str:
    """The text of the paragraph in which a template is wrong; docxtpl puts each on a line of its own."""
    lines = source.splitlines()
    text = re.sub(r"<[^>]*>", "", lines[line - 1]) if 0 < line <= len(lines) else ""
    return text.strip()[:60]
