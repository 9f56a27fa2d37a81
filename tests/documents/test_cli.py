"""renda letters: list, words, templates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from renda.documents import registry
from renda.documents.cli import letters


def run(*arguments: str) -> Any:
    return CliRunner().invoke(letters, arguments, catch_exceptions=False)


def test_the_shipped_templates_are_written_once_and_never_over_others(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = json.loads(run("templates", str(folder), "--json").stdout)
    assert {one["code"] for one in done["letters"]} == {one.code for one in registry.all_templates()}
    for one in done["letters"]:
        assert (folder / one["file"]).read_bytes() == registry.get(one["code"]).shipped.read_bytes()
    again = run("templates", str(folder))
    assert again.exit_code == 1
    assert "没有导出" in again.stderr


@pytest.mark.parametrize("code", [one.code for one in registry.all_templates()])
def test_words_are_listed(code: str) -> None:
    said = json.loads(run("words", code, "--json").stdout)
    assert [one["name"] for one in said["words"]] == [word.name for word in registry.get(code).words]
    assert f"{{{{ {said['words'][0]['name']} }}}}" in run("words", code).stdout


def test_an_unknown_letter_is_told() -> None:
    assert "没有文书“petition.none”" in run("words", "petition.none").stderr


def test_every_letter_is_listed() -> None:
    listed = json.loads(run("list", "--json").stdout)["letters"]
    assert [(one["code"], one["to"]) for one in listed] == [(one.code, one.to) for one in registry.all_templates()]
    assert len(run("list").stdout.splitlines()) == len(listed)
