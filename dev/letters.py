"""The shipped templates of letters: `./run python -m dev.letters [--check]` makes the .docx and the list of placeholders from the texts.

`src/renda/<room>/letters/texts.yaml` (or in an area of the room) holds what the letters say; each becomes `templates/<letter>.docx`, and `docs/letters.md` lists
the placeholders. The same texts always give the same files; `--check` writes nothing and fails where a file is stale.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "renda"
PAGE = ROOT / "docs" / "letters.md"
HEAD = """# Letters and their placeholders

Made by `python -m dev.letters` from the declarations; do not edit. A template is a Word file (.docx) in which `{{ 信访编号 }}` stands for
what is filled in. Conditions stand alone in a paragraph, `{%p if 附件 %}` … `{%p endif %}`, or within a line, `{% if 人数 %}…{% endif %}`;
lists run as `{%p for 项 in 附件 %}` … `{{ 项 }}` … `{%p endfor %}`. Nothing else is allowed: no functions, no filters, no attributes.
An office downloads, changes and uploads templates on the page 文书模板; `renda letters templates DIR` writes the shipped ones.

Words marked 🔒 hold what is masked in the matter; ✎ are filled in by whoever makes the letter.
"""


def texts(file: Path) -> Iterator[tuple[str, Any]]:
    """The letters of a room: code and text."""
    from renda.documents.letterform import Text

    said = yaml.safe_load(file.read_text("utf-8"))
    for code, letter in said["letters"].items():
        parts = {**said["common"], **said[letter["form"]], **letter}
        parts.pop("form")
        yield code, Text(**parts)


def wanted() -> dict[Path, bytes]:
    """Every file that is made, with its content."""
    from renda.documents.letterform import build

    found = {PAGE: _page().encode()}
    for file in sorted(PACKAGE.glob("**/letters/texts.yaml")):
        for code, text in texts(file):
            found[file.parent / "templates" / f"{code}.docx"] = build(text)
    return found


def _page() -> str:
    from renda.documents.registry import all_templates
    from renda.procedure.registry import of_kind

    parts = [HEAD]
    for template in all_templates():
        procedure = of_kind(template.kind)
        where = f"{procedure.name} · " if procedure else ""
        parts.append(
            f"\n## {template.name} (`{template.code}`)\n\n{where}发给{template.to}\n\n| 占位符 | 内容 | 示例 |\n|---|---|---|\n"
        )
        for word in template.words:
            marks = ("🔒" if word.secret else "") + ("✎" if word.asked else "")
            sample = template.samples()[word.name]
            shown = "；".join(sample) if isinstance(sample, list) else sample
            parts.append(f"| `{{{{ {word.name} }}}}` {marks} | {word.about} | {shown} |\n".replace("`  |", "` |"))
    return "".join(parts)


def main(arguments: list[str]) -> int:
    """Write the files, or say which are stale."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renda.settings")
    for file in sorted(PACKAGE.glob("**/letters/texts.yaml")):  # what is declared must be there before Django starts
        _first(file)
    import django

    django.setup()
    stale = [path for path, content in wanted().items() if not path.exists() or path.read_bytes() != content]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run python -m dev.letters\n")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted()[path])
    sys.stdout.write(f"{len(stale)} files written\n")
    return 0


def _first(file: Path) -> None:
    from renda.documents.letterform import build

    for code, text in texts(file):
        path = file.parent / "templates" / f"{code}.docx"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(build(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
