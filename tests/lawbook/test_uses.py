"""Where the law is used: whatever names a key in the source has said so; what is said is so."""

import re
from pathlib import Path

import pytest

import renda
from renda.law import keys, uses

SOURCE = Path(renda.__file__).parent
QUOTED = re.compile(r'"([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)+)"')
ITS_OWN = ("law", "lawbook", "demo")


def named_in_source() -> dict[str, set[str]]:
    known, found = set(keys()), dict[str, set[str]]()
    for file in SOURCE.rglob("*.py"):
        room = file.relative_to(SOURCE).parts[0]
        if room not in ITS_OWN:
            for key in known.intersection(QUOTED.findall(file.read_text(encoding="utf-8"))):
                found.setdefault(key, set()).add(room)
    return found


def test_whatever_names_a_key_has_said_so() -> None:
    declared = {use.key for use in uses.all_uses()}
    named = named_in_source()
    assert len(named) > 20
    assert {key: rooms for key, rooms in named.items() if key not in declared} == {}


def test_what_is_declared_exists() -> None:
    assert {use.key for use in uses.all_uses()} <= set(keys())


def test_a_choice_knows_what_it_steers_and_a_deadline_who_runs_it() -> None:
    steered = {use.where: use.url for use in uses.of("choice.roll.suggestions")}
    assert steered["建议答复期限"] == "/law/keys/sugg.reply.normal/"
    assert "deadline" in {use.kind for use in uses.of("sugg.reply.normal")}
    assert "deadline" in {use.kind for use in uses.of("pet.handle")}


def test_an_unknown_kind_of_use_is_refused() -> None:
    with pytest.raises(ValueError, match="rumour"):
        uses.declare("rumour", "某处", "pet.handle")
