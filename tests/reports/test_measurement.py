"""Precision and recall on the project's own texts must not fall; see bench/bench_recognise.py."""

import pytest
from bench.bench_recognise import load, measure


@pytest.mark.parametrize("part", ["dev", "held"])
def test_precision_and_recall_hold(part: str) -> None:
    score, _ = measure(load(part))
    figures = score.figures()
    assert figures["detection_precision"] >= 0.97
    assert figures["detection_recall"] >= 0.95
    assert figures["binding_precision"] >= 0.95
    assert figures["binding_recall"] >= 0.80


def test_the_labels_stand_where_the_text_has_them() -> None:
    for labelled in load():
        assert labelled.labels
        for start, end in labelled.labels:
            assert labelled.text[start:end].strip() == labelled.text[start:end] != ""


def test_every_reference_but_the_rarest_is_in_the_texts() -> None:
    used = {reference for labelled in load() for reference in labelled.labels.values() if reference}
    missing = {f"I{number:03d}" for number in range(1, 147)} - used
    assert missing <= {"I073"}
