"""Writes ``docs/legislation.md`` from the law files: which field of work rests on which texts, packs, choices.

``python -m renda.law.legislation`` renews the page; a test fails when it is stale.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from renda.law import keys, store
from renda.law.declarations import Entry
from renda.law.numerals import article_text
from renda.law.values import history

FIELDS = {
    "elec": "Elections (换届选举)",
    "recall": "Recall (罢免)",
    "resign": "Resignation of deputies (代表辞职)",
    "byelection": "By-elections (补选)",
    "offence": "Offences against elections (破坏选举)",
    "pc": "Congress sessions, bills, elections inside the congress (代表大会)",
    "tpc": "Township congresses (乡镇人大)",
    "sc": "Standing committee (常委会)",
    "sugg": "Suggestions (代表建议)",
    "dep": "Deputies (代表)",
    "sup": "Supervision (监督)",
    "budget": "Budget (预算)",
    "check": "Enforcement inspections (执法检查)",
    "inquiry": "Inquiries (询问)",
    "interp": "Interpellation (质询)",
    "invest": "Investigation committees (特定问题调查)",
    "removal": "Removal from office (撤职)",
    "appt": "Appointments (人事任免)",
    "oath": "Oaths (宪法宣誓)",
    "file": "Filing of normative documents (备案)",
    "review": "Review of normative documents (审查)",
    "filing": "Annulment of normative documents (撤销)",
    "pet": "Petitions (信访)",
    "pcpet": "Petitions to the congress (人大信访)",
    "vote": "Livelihood projects by vote (民生实事票决)",
    "micro": "Micro-projects (民生微实事)",
    "party": "Party group (党组)",
    "cal": "Calendar (期间计算)",
    "choice": "Open questions (本县选择)",
    "ver": "Versions of the laws (法律版本)",
}
INTRODUCTION = Path(__file__).with_name("legislation_intro.md")


def page() -> str:
    """The whole page as Markdown."""
    parts = [INTRODUCTION.read_text(encoding="utf-8").strip(), *_versions(), *_fields(), *_packs(), *_choices(), *_texts()]
    return "\n".join(parts) + "\n"


def _entries(family: str) -> Iterator[Entry]:
    for key in keys():
        if key.partition(".")[0] == family:
            yield from store.declaration(key).entries


def _versions() -> Iterator[str]:
    yield "\n## Versions of the main laws\n\n| key | text | in force from | certainty |\n|---|---|---|---|"
    for key in keys():
        if key.startswith("ver."):
            for value in history(key):
                note = f" — {value.effective_note}" if value.effective_note else ""
                yield f"| `{key}` | {value.gist} | {value.effective_from}{note} | {value.certainty} |"


def _fields() -> Iterator[str]:
    yield "\n## Fields of work and their texts\n\n| field | parameters | periods | rests on |\n|---|---|---|---|"
    families: dict[str, list[str]] = defaultdict(list)
    for key in keys():
        families[key.partition(".")[0]].append(key)
    for family, title in FIELDS.items():
        cited = Counter(store.statute(entry.statute).short for entry in _entries(family))
        for key in families[family]:
            if (choice := store.declaration(key).choice) is not None:
                cited[store.statute(choice.statute).short] += 1
        periods = sum(store.declaration(key).count is not None for key in families[family])
        texts = "、".join(f"{name} ({number})" for name, number in cited.most_common(6))
        yield f"| `{family}` {title} | {len(families[family])} | {periods} | {texts} |"


def _packs() -> Iterator[str]:
    yield "\n## Local rules\n\n| pack | region | parameters | only a pattern for a county | texts |\n|---|---|---|---|---|"
    for name in store.pack_names():
        read = store.pack(name)
        entries = [entry for key in read.keys for entry in (store.local_declaration(name, key) or store.declaration(key)).entries]
        patterns = sum(store.statute(entry.statute).pattern for entry in entries)
        texts = "、".join(dict.fromkeys(store.statute(entry.statute).short for entry in entries))
        parent = f" (with `{read.parent}`)" if read.parent else ""
        yield f"| `{name}`{parent} | {read.title} | {len(read.keys)} | {patterns} | {texts} |"


def _choices() -> Iterator[str]:
    yield "\n## What the law leaves open\n\nWith a visible default:\n\n| key | question | default | article |\n|---|---|---|---|"
    without = []
    for key in store.choosable():
        declared = store.declaration(key)
        choice = declared.choice
        assert choice is not None
        cited = f"{store.statute(choice.statute).short}{article_text(choice.article)}"
        if choice.default is None:
            without.append(f"| `{key}` | {choice.why} | {cited} | {'、'.join(store.packs_with(key)) or '—'} |")
        else:
            yield f"| `{key}` | {choice.why} | {choice.options.get(choice.default, choice.default)} | {cited} |"
    yield "\nWithout a default (a pack or the county must say):\n"
    yield "| key | question | the article that is silent | packs |\n|---|---|---|---|"
    yield from without


def _texts() -> Iterator[str]:
    yield "\n## Texts\n\n| id | text | version | compared |\n|---|---|---|---|"
    compared = {"full": "full text", "excerpt": "excerpt", "none": "no text at hand"}
    for one in store.statutes().values():
        yield f"| {one.id} | 《{one.title}》 | {one.version} | {compared[one.read]} |"


def main(target: str) -> None:
    """Write the page."""
    Path(target).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "docs/legislation.md")
