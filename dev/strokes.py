"""Build the stroke tables that `renda.core.strokes` ships.

    python dev/strokes.py UNIHAN_IRG_SOURCES CNCHAR_ORDER_SCRIPT

The first is `Unihan_IRGSources.txt.bz2` of Unicode 15.0.0 (Debian package `unicode-data`), the second `cnchar.order.min.js` of
the npm package `cnchar-order` 3.2.6 (MIT). Writes into `src/renda/core/data`:

- `stroke_counts.txt`, a line per 256 code points: the first in hexadecimal, then one character per code point, whose distance
  from the blank is the number of strokes;
- `stroke_orders.txt`, a line per character: the character and its strokes in order as the five classes of GB 13000.1:
  横 1, 竖 2, 撇 3, 点 4, 折 5.
"""

import bz2
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/renda/core/data"
PAGE = 256
LETTERS = {"1": "ji", "2": "fg", "3": "s", "4": "kld", "5": "rnuhbyzmwoaptevxqc"}
CLASSES = {letter: digit for digit, letters in LETTERS.items() for letter in letters}
"""The letters of the source as stroke classes: 提 counts as 横, 竖钩 as 竖, 捺 as 点, every other bend as 折."""
CORRECTIONS = {
    "德": "332122522114544",
    "炽": "433425134",
    "膝": "351112343424134",
    "黏": "31234342413421251",
    "锺": "31115312511211",
    "撅": "121134315233534",
}
"""Orders that the source gives wrongly, by the national standard."""


def counts(path: Path) -> dict[int, int]:
    """Code point → number of strokes in mainland use (the first value where Unihan has two)."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if "\tkTotalStrokes\t" in line)
        return {int(point[2:], 16): int(value.split()[0]) for point, _, value in fields}


def orders(path: Path, totals: dict[int, int]) -> dict[str, str]:
    """Character → its strokes in order; those that disagree with the number of strokes are left out."""
    found = re.search(r"JSON\.parse\('(\{.*?\})'\)", path.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"no stroke table in {path}")
    source = json.loads(found[1])
    table = {char: "".join(CLASSES[letter] for letter in letters) for char, letters in source.items()} | CORRECTIONS
    return {char: order for char, order in sorted(table.items()) if totals.get(ord(char)) == len(order)}


def pages(totals: dict[int, int]) -> list[str]:
    """The lines of the table of counts."""
    filled: dict[int, list[str]] = defaultdict(lambda: [" "] * PAGE)
    for point, count in totals.items():
        filled[point // PAGE][point % PAGE] = chr(ord(" ") + count)
    return [f"{page * PAGE:05X}{''.join(cells)}" for page, cells in sorted(filled.items())]


def main(unihan: str, cnchar: str) -> None:
    """Read the two sources and write the two tables."""
    totals = counts(Path(unihan))
    TARGET.mkdir(exist_ok=True)
    (TARGET / "stroke_counts.txt").write_text("\n".join(pages(totals)) + "\n", encoding="ascii")
    lines = [f"{char}{order}" for char, order in orders(Path(cnchar), totals).items()]
    (TARGET / "stroke_orders.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
