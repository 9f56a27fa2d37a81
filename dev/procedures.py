"""The declared procedures as documents: `./run python -m dev.procedures [--check]`.

Writes `docs/procedures/<kind>.md` for each procedure, with its diagram (mermaid), its steps and its periods, and an index. The output
has no dates of its own, so that the same declarations always give the same files. `--check` writes nothing and fails on stale files.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dev.messages import set_up

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "procedures"
AS_OF = date(2026, 1, 1)
"""The articles are cited as the national law stood on this day."""


def pages() -> dict[str, str]:
    """File name → text, for the index and each procedure."""
    set_up()
    from renda.procedure.registry import all_procedures

    declared = all_procedures()
    return {"README.md": _index(declared)} | {f"{one.kind}.md": _page(one) for one in declared}


def _index(declared: list[Any]) -> str:
    lines = [
        "# Procedures",
        "",
        "Written by `dev/procedures.py` from the declarations; do not edit by hand.",
        "",
        "| kind | procedure | states | steps | periods | letters |",
        "|---|---|---|---|---|---|",
    ]
    for one in declared:
        counts = [len(part) for part in (one.states, one.steps, one.periods, one.letters)]
        lines.append(f"| [{one.kind}]({one.kind}.md) | {_both(one.name)} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines) + "\n"


def _page(procedure: Any) -> str:
    parts = [
        f"# {_both(procedure.name)}",
        f"Kind `{procedure.kind}`{', ' + procedure.law if procedure.law else ''}. Written by `dev/procedures.py` from the declaration;"
        f" do not edit by hand. Articles as of {AS_OF}.",
        "## Diagram",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(_diagram(procedure)) + "\n```",
        "## States",
        "\n".join(_states(procedure)),
        "## Steps",
        "\n".join(_steps(procedure)),
        "## Periods",
        "\n".join(_periods(procedure)) if procedure.periods else "None.",
    ]
    if procedure.letters:
        parts += ["## Letters", "\n".join(_letters(procedure))]
    return "\n\n".join(parts) + "\n"


def _both(words: str) -> str:
    """Chinese words with their English beside them."""
    from django.utils import translation

    with translation.override("en"):
        english = translation.gettext(words)
    return f"{words} ({english})" if english and english != words else words


def _diagram(procedure: Any) -> Iterator[str]:
    for state in procedure.states:
        yield f"    {state.code} : {state.name}"
    yield f"    [*] --> {procedure.starts}"
    for step in procedure.steps:
        for code in step.frm:
            if step.back:
                yield from (f"    {code} --> {before} : {step.name}" for before in _before(procedure, code))
            elif step.to and step.to != code:
                yield f"    {code} --> {step.to} : {step.name}"
    for state in procedure.states:
        if state.final:
            yield f"    {state.code} --> [*]"


def _before(procedure: Any, code: str) -> list[str]:
    """The states from which a step leads to this one: where a step back may go."""
    return list(dict.fromkeys(state for one in procedure.steps if one.to == code for state in one.frm))


def _states(procedure: Any) -> Iterator[str]:
    yield "| state | name | whose turn |"
    yield "|---|---|---|"
    for one in procedure.states:
        turn = "— (end)" if one.final else _both(one.turn.name) if one.turn else "—"
        yield f"| `{one.code}` | {_both(one.name)} | {turn} |"


def _steps(procedure: Any) -> Iterator[str]:
    names, letters = {one.code: one.name for one in procedure.states}, {one.code: one.name for one in procedure.letters}
    yield "| step | what it leads to | who | from | to | asks | based on | letters |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in procedure.steps:
        cells = [
            f"**{one.name}** `{one.code}`{'' if one.bulk else '; one by one'}{'; once' if one.once else ''}",
            _both(one.leads),
            _who(one.who),
            "、".join(names[code] for code in one.frm),
            "the state before" if one.back else names.get(one.to, "stays"),
            "、".join(_ask(ask) for ask in one.asks) or "—",
            _articles(one.basis) + (f"; only within {_articles((one.window.law,))} from {_dates(procedure, one.window.starts)}" if one.window else ""),
            "、".join(letters[code] for code in one.letters) or "—",
        ]  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _ask(ask: Any) -> str:
    marks = [word for word, on in (("optional", not ask.required), ("confidential", ask.secret)) if on]
    return f"{ask.label} ({', '.join(marks)})" if marks else ask.label


def _who(who: Any) -> str:
    recorders = f"; recorded by {', '.join(f'`{role}`' for role in who.recorders)}" if who.recorders else ""
    organ = f" of the organ in `{who.organ}`" if who.organ else ""
    return f"{who.name}: {', '.join(f'`{role}`' for role in who.roles)}{organ}{recorders}"


def _periods(procedure: Any) -> Iterator[str]:
    yield "| period | runs from | until | length | kept by |"
    yield "|---|---|---|---|---|"
    for one in procedure.periods:
        lengths = [f"`{key}` {_articles((key,))}" for key in one.law]
        if one.extended[0]:
            lengths.append(f"with {_dates(procedure, (one.extended[0],))}: `{one.extended[1]}` {_articles((one.extended[1],))}")
        if one.by:
            lengths.append(f"the day in {_dates(procedure, (one.by,))}, where there is one")
        starts = _dates(procedure, one.starts) + ("; only where a step dated it" if one.stepped else "")
        if one.anchor:
            lengths.append(f"counted from {_dates(procedure, (one.anchor,))}")
        if one.pause[0]:
            lengths.append(f"the days from {_dates(procedure, one.pause[:1])} to {_dates(procedure, one.pause[1:])} do not count")
        kept = one.whose.name if one.whose else "—"
        yield f"| {_both(one.name)} | {starts} | {_dates(procedure, one.ends)} | {'; '.join(lengths)} | {kept} |"


def _letters(procedure: Any) -> Iterator[str]:
    yield "| letter | to |"
    yield "|---|---|"
    for one in procedure.letters:
        yield f"| {_both(one.name)} `{one.code}` | {_both(one.to) if one.to else '—'} |"


def _dates(procedure: Any, codes: tuple[str, ...]) -> str:
    from renda.procedure import kinds

    kind = kinds.get(procedure.kind)
    return "、".join(kind.milestone_name(code) for code in codes)


def _articles(keys: tuple[str, ...]) -> str:
    from renda.law import LawError, parameter

    found = []
    for key in keys:
        try:
            found.append(parameter(key, as_of=AS_OF).citation)
        except LawError:
            found.append(f"`{key}`")
    return "；".join(dict.fromkeys(one for one in found if one)) or "—"


def main(arguments: list[str] | None = None) -> int:
    """Write the documents, or check that they are not stale; exit status 1 where they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a document is stale")
    options = parser.parse_args(arguments)
    wanted = pages()
    held = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.md")}
    stale = sorted(name for name in wanted.keys() | held.keys() if wanted.get(name) != held.get(name))
    if options.check:
        for name in stale:
            sys.stdout.write(f"docs/procedures/{name} is stale: ./run python -m dev.procedures\n")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], "utf-8")
        else:
            (FOLDER / name).unlink()
    sys.stdout.write(f"{len(wanted)} documents, {len(stale)} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
