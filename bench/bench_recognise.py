"""Precision and recall of recognising figures, and its cost, on the project's own texts.

Labels stand in the texts themselves (see texts/README.md). One batch is held out: no rule was written with its
results in view. What the others scored on their first run is in texts/README.md.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import tracemalloc
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from renda.reports.recognise import recognise

TEXTS = Path(__file__).parent / "texts"
HELD = range(114, 120)
_LABEL = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
SIZES = {"quick": 10_000, "full": 100_000}


@dataclass(frozen=True)
class Labelled:
    """A text without its marks, and for each marked span the reference (None: open, 'name': a blank that is a name)."""

    name: str
    text: str
    labels: dict[tuple[int, int], str | None]


def parse(path: Path) -> Labelled:
    """Read one marked text; its first line (the style) is left out."""
    raw = path.read_text("utf-8").split("\n", 1)[1]
    plain, labels, last = "", {}, 0
    for match in _LABEL.finditer(raw):
        plain += raw[last : match.start()]
        labels[(len(plain), len(plain) + len(match[1]))] = None if match[2] == "-" else match[2]
        plain += match[1]
        last = match.end()
    return Labelled(path.stem, plain + raw[last:], labels)


def load(part: str = "all") -> list[Labelled]:
    """The texts of a part: `dev` (those the rules were mended by), `held` (the batch they were not) or `all`."""
    paths = sorted(TEXTS.glob("[0-9]*.txt"), key=lambda path: int(path.stem))
    return [parse(path) for path in paths if part == "all" or (int(path.stem) in HELD) == (part == "held")]


@dataclass
class Score:
    """Counts of one measurement; the ratios are derived."""

    labelled: int = 0
    found: int = 0
    hit: int = 0
    bindable: int = 0
    bound: int = 0
    right: int = 0

    def figures(self) -> dict[str, float]:
        """Precision and recall of detection and of binding, 0 to 1."""
        return {
            "detection_precision": round(self.hit / max(1, self.found), 4),
            "detection_recall": round(self.hit / max(1, self.labelled), 4),
            "binding_precision": round(self.right / max(1, self.bound), 4),
            "binding_recall": round(self.right / max(1, self.bindable), 4),
        }


def measure(texts: list[Labelled], show: bool = False) -> tuple[Score, dict[str, Counter[str]]]:
    """Score of a set of texts, and per reference: labelled, right, wrong (bound to another), given (wrongly to this one)."""
    score = Score()
    each: dict[str, Counter[str]] = defaultdict(Counter)
    for labelled in texts:
        found = {(figure.start, figure.end): figure for figure in recognise(labelled.text)}
        score.labelled += len(labelled.labels)
        score.found += len(found)
        score.hit += len(found.keys() & labelled.labels.keys())
        for span, reference in labelled.labels.items():
            figure = found.get(span)
            got = "name" if figure and figure.kind == "name" else figure.reference if figure else None
            score.bindable += reference is not None
            score.right += reference is not None and got == reference
            if reference:
                each[reference]["labelled"] += 1
                each[reference]["right"] += got == reference
                each[reference]["wrong"] += got is not None and got != reference
            if got and got != reference:
                each[got]["given"] += 1
            if show and (figure is None or got != reference):
                _show(labelled, span, reference, "MISSING" if figure is None else f"{got} {figure.why} [{figure.phrase}]")
        score.bound += sum(1 for figure in found.values() if figure.reference or figure.kind == "name")
        if show:
            for span in found.keys() - labelled.labels.keys():
                _show(labelled, span, "(none)", f"EXTRA {found[span].reference} {found[span].kind}")
    return score, each


def _show(labelled: Labelled, span: tuple[int, int], wanted: str | None, got: str) -> None:
    text = labelled.text
    around = f"{text[max(0, span[0] - 14) : span[0]]}«{text[span[0] : span[1]]}»{text[span[1] : span[1] + 8]}".replace("\n", "/")
    print(f"{labelled.name} {around} want {wanted} got {got}")


def _cost(characters: int) -> tuple[float, float]:
    """Seconds and peak memory (MiB of Python objects) for a text of about so many code points."""
    sample = "\n".join(labelled.text for labelled in load())
    text = (sample * (characters // len(sample) + 1))[:characters]
    started = time.perf_counter()
    recognise(text)
    seconds = time.perf_counter() - started
    tracemalloc.start()
    recognise(text)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return seconds, peak


def run(size: int = SIZES["quick"]) -> dict[str, float]:
    """Named figures: precision and recall on all, on the held-out texts and per indicator; seconds and memory;
    `linear` is the cost of a character of the short text against one of the long (1: the cost grows as the text does).

    `size` is the number of code points of the text whose cost is measured, beside one of 10,000.
    """
    figures: dict[str, float] = {}
    for part in ("all", "held"):
        score, each = measure(load(part))
        figures |= {f"{part}.{name}": value for name, value in score.figures().items()}
        if part == "all":
            for code, counts in sorted(each.items()):
                figures[f"recall.{code}"] = round(counts["right"] / max(1, counts["labelled"]), 3)
                figures[f"precision.{code}"] = round(counts["right"] / max(1, counts["right"] + counts["given"]), 3)
    recognise("召开常委会会议8次。")
    for characters in sorted({SIZES["quick"], size}):
        seconds, peak = _cost(characters)
        figures[f"seconds.{characters}"] = round(seconds, 3)
        figures[f"memory_mib.{characters}"] = round(peak, 1)
    if size > SIZES["quick"]:
        short, long = figures[f"seconds.{SIZES['quick']}"], figures[f"seconds.{size}"]
        figures[f"linear.{size}"] = round(short * size / SIZES["quick"] / long, 2)
    return figures


def main() -> None:
    """Print the figures as JSON, or with --show every difference of a part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="quick", choices=SIZES)
    parser.add_argument("--show", choices=("dev", "held", "all"))
    chosen = parser.parse_args()
    if chosen.show:
        score, _ = measure(load(chosen.show), show=True)
        print(score, score.figures())
    else:
        print(json.dumps(run(SIZES[chosen.size]), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
