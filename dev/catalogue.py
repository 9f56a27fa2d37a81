"""The English catalogues, without the gettext tools: `./run python -m dev.catalogue [--check] [--missing] [APP…]`.

Collects the messages of each app, brings `src/renda/<app>/locale/en/LC_MESSAGES/django.po` up to date and compiles it. The
output has no dates and no line numbers, so that the same sources always give the same files. A message that another catalogue
has already translated is filled in. `--check` writes nothing and fails on missing, fuzzy or faulty translations and on stale
files; `--missing` lists what has to be translated as JSON, and `--fill FILE` takes such a JSON object (message → English, or
[one, many]) back, in place of what the catalogue says.
"""

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from dev.messages import HAN, PACKAGE, Message, collect

HEADERS = [
    ("Language", "en"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
]
Known = dict[tuple[str, str], Any]


class Plain(Catalog):
    """A catalogue whose header never changes."""

    mime_headers = property(lambda self: HEADERS, lambda self, value: None)  # type: ignore[assignment]


def po_file(label: str) -> Path:
    """Where an app's English catalogue is."""
    return PACKAGE / label / "locale" / "en" / "LC_MESSAGES" / "django.po"


def translations(file: Path) -> tuple[Known, set[tuple[str, str]]]:
    """What a catalogue says now, and which of it is marked fuzzy."""
    if not file.exists():
        return {}, set()
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale="en")
    known: Known = {}
    fuzzy: set[tuple[str, str]] = set()
    for message in [*catalogue, *catalogue.obsolete.values()]:
        text = message.id[0] if isinstance(message.id, tuple) else message.id
        if not text or not _done(message.string):
            continue
        known[(message.context or "", text)] = message.string
        if message.fuzzy:
            fuzzy.add((message.context or "", text))
    return known, fuzzy


def _done(string: Any) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def build(messages: list[Message], own: Known, fuzzy: set[tuple[str, str]], others: Known) -> Plain:
    """The catalogue of an app: its messages with what is known of their English."""
    catalogue = Plain(locale="en", fuzzy=False)
    for message in messages:
        string = own.get(message.key, others.get(message.key))
        if message.plural:
            identifier: Any = (message.text, message.plural)
            string = string if isinstance(string, tuple | list) else (string or "", string or "")
        else:
            identifier = message.text
            string = string[0] if isinstance(string, tuple | list) else string or ""
        flags = ["fuzzy"] if message.key in fuzzy else []
        catalogue.add(identifier, string, [(message.place, None)], flags=flags, context=message.context or None)
    return catalogue


def as_po(catalogue: Plain) -> bytes:
    """The text of the .po file."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, omit_header=True, include_lineno=False)
    head = 'msgid ""\nmsgstr ""\n' + "".join(f'"{name}: {value}\\n"\n' for name, value in HEADERS)
    return head.encode() + b"\n" + stream.getvalue().strip() + b"\n"


def as_mo(catalogue: Plain) -> bytes:
    """The compiled catalogue."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def faults(label: str, catalogue: Plain) -> list[str]:
    """What is wrong with an app's translations, one line each."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        text = message.id[0] if isinstance(message.id, tuple) else message.id
        if not _done(message.string):
            found.append(f"{label}: no English for “{text}”")
        elif message.fuzzy:
            found.append(f"{label}: fuzzy: “{text}”")
        elif HAN.search(text) and text == (message.string[0] if isinstance(message.string, tuple) else message.string):
            found.append(f"{label}: not translated: “{text}”")
        found += [f"{label}: “{text}”: {error}" for error in message.check(catalogue)]
    return found


def main(arguments: list[str] | None = None) -> int:
    """Update or check the catalogues; exit status 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("apps", nargs="*", metavar="APP", help="only these apps (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when anything is missing or stale")
    parser.add_argument("--missing", action="store_true", help="list what has to be translated, as JSON")
    parser.add_argument("--fill", type=Path, metavar="FILE", help="JSON object: message → English, or [one, many]")
    options = parser.parse_args(arguments)
    said = collect()
    chosen = options.apps or list(said)
    known = {label: translations(po_file(label)) for label in said}
    pool: Known = {key: text for own, _fuzzy in known.values() for key, text in own.items()}
    if options.fill:
        filled = {("", text): english for text, english in json.loads(options.fill.read_text("utf-8")).items()}
        pool |= filled
        known = {
            label: (own | {key: filled[key] for key in own.keys() & filled.keys()}, fuzzy)
            for label, (own, fuzzy) in known.items()
        }
    catalogues = {label: build(said[label], *known[label], pool) for label in chosen if said.get(label)}
    if options.missing:
        missing = [m.id for c in catalogues.values() for m in c if m.id and not _done(m.string)]
        empty = {(text[0] if isinstance(text, tuple) else text): "" for text in missing}
        sys.stdout.write(json.dumps(empty, ensure_ascii=False, indent=1) + "\n")
        return 0
    return check(catalogues) if options.check else write(catalogues)


def check(catalogues: dict[str, Plain]) -> int:
    """Report faults and stale files; 1 if there are any."""
    found = []
    for label, catalogue in catalogues.items():
        found += faults(label, catalogue)
        file = po_file(label)
        for path, content in ((file, as_po(catalogue)), (file.with_suffix(".mo"), as_mo(catalogue))):
            if not path.exists() or path.read_bytes() != content:
                found.append(f"{label}: {path.name} is stale: ./run python -m dev.catalogue {label}")
    for line in found[:200]:
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(found)} faults in {len(catalogues)} catalogues\n")
    return 1 if found else 0


def write(catalogues: dict[str, Plain]) -> int:
    """Write and compile; say what is still to be translated."""
    for label, catalogue in catalogues.items():
        file = po_file(label)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_po(catalogue))
        file.with_suffix(".mo").write_bytes(as_mo(catalogue))
        missing = sum(1 for message in catalogue if message.id and not _done(message.string))
        sys.stdout.write(f"{label}: {len(catalogue)} messages, {missing} to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
