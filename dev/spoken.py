"""Refusals must be told in the reader's language: `./run python -m dev.spoken`. Exit status 1 where one cannot be.

An error or a fault of a row whose text is an f-string stays Chinese in the English interface: no catalogue can hold it. In every
package that pages show errors of, such texts are `_("…%(name)s…") % {…}` (or a template with its parameters).
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "renda"
HAN = re.compile(r"[\u3400-\u9fff]")
OTHERS = ("law", "demo", "core", "journal", "reports", "upkeep")
"""Packages whose errors are met on the command line, which speaks Chinese, or that are engines without an interface's language."""
WITHIN = ("elections/commands", "elections/decisions", "elections/matching", "elections/rehearsal")
"""The same inside a room: decisions in the words of the law, as they stand in signed records; files that commands alone read."""


def faults(source: str, name: str = "") -> list[str]:
    """Places of texts that no catalogue can hold, one line each."""
    found = []
    for node in ast.walk(ast.parse(source)):
        for said in _said(node):
            for part in ast.walk(said):
                if isinstance(part, ast.JoinedStr) and _has_han(part):
                    found.append(f"{name}:{part.lineno}: {ast.unparse(part)[:80]}")
    return sorted(set(found))


def _said(node: ast.AST) -> Iterator[ast.AST]:
    """What a node says to a reader: an error that is raised, the reason of a row's fault that is yielded."""
    if isinstance(node, ast.Raise) and node.exc is not None:
        yield node.exc
    if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
        yield node.value.elts[2]


def _has_han(text: ast.JoinedStr) -> bool:
    return any(isinstance(part, ast.Constant) and HAN.search(str(part.value)) for part in text.values)


def files() -> Iterator[Path]:
    """The modules that pages show errors of."""
    for file in sorted(PACKAGE.rglob("*.py")):
        place = file.relative_to(PACKAGE)
        if place.parts[0] in OTHERS or place.as_posix().startswith(WITHIN):
            continue
        if "migrations" not in place.parts and file.stem != "cli" and len(place.parts) > 1:
            yield file


def main() -> int:
    """Name every fault; exit status 1 where there are any."""
    found = [
        line for file in files() for line in faults(file.read_text("utf-8"), file.relative_to(PACKAGE.parents[1]).as_posix())
    ]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
