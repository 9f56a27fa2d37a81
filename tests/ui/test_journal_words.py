"""Whatever the platform writes into the journal is called by a name there: every action, everything that an entry is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import renda
from renda.registers import registry
from renda.ui.history import ACTIONS, SUBJECTS, action_name, subject_name

PACKAGE = Path(renda.__file__).parent


def lines() -> Iterator[tuple[Path, ast.expr, ast.expr, dict[str, str]]]:
    """Each journal line of the sources: its action, what it is about, and the constants of its module."""
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        if "renda.journal" not in ast.unparse(tree):
            continue
        constants = {
            target.id: str(node.value.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Line" and len(node.args) > 2:
                yield file, node.args[1], node.args[2], constants


def test_every_action_has_a_name() -> None:
    found = list(lines())
    assert len(found) > 20
    for file, action, _subject, constants in found:
        if isinstance(action, ast.Name) and action.id in constants:
            action = ast.Constant(constants[action.id])
        if isinstance(action, ast.Constant):
            assert action.value in ACTIONS, (file, action.value)
        elif isinstance(action, ast.JoinedStr) and isinstance(action.values[0], ast.Constant):
            start = action.values[0].value
            assert any(code.startswith(str(start)) for code in ACTIONS), (file, start)


def test_every_action_that_is_noted_has_a_name() -> None:
    """Elections journal through a short ``note(actor, "action", …)`` of their own."""
    found = []
    for file in sorted(PACKAGE.joinpath("elections").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if called == "note" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):  # type: ignore[attr-defined]
                found.append((file.name, node.args[1].value))  # type: ignore[attr-defined]
    assert len(found) > 10
    assert [one for one in found if one[1] not in ACTIONS] == []


def test_everything_that_entries_are_about_has_a_name() -> None:
    known = {*SUBJECTS, *(name for one in registry.all_registers() for name in (one.code, one.matter_kind) if name)}
    seen = set()
    for file, _action, subject, constants in lines():
        code = subject.value if isinstance(subject, ast.Constant) else constants.get(ast.unparse(subject))
        if code is not None:
            assert code in known, (file, code)
            seen.add(code)
    assert len(seen) > 5
    assert subject_name("suggestions.suggestions") == "议案建议"
    assert subject_name("petition") == "信访登记"
    assert action_name("ledgers.imported") == "导入台账"
