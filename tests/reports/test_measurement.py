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


def test_every_reference_stands_in_several_texts() -> None:
    texts = {f"I{number:03d}": 0 for number in range(1, 147)}
    for labelled in load():
        for reference in set(labelled.labels.values()) & set(texts):
            texts[str(reference)] += 1
    assert [reference for reference, count in texts.items() if count < 2] == []
