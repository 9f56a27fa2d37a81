"""The runner of the benchmarks: what it counts, and when it fails."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench import run
from bench.measure import Comparison, Phase, memory_mb, phase

FLOORS = {"import": {"rows": {"baseline": 14.0, "floor": 10.0}}}


def test_a_ratio_below_its_floor_fails_and_one_above_does_not() -> None:
    assert run.below_floor({"import": {"rows": {"ratio": 9.99}}}, FLOORS) == ["import: rows: 9.99 times, floor 10.0"]
    assert run.below_floor({"import": {"rows": {"ratio": 10.0}}}, FLOORS) == []


def test_a_figure_above_its_ceiling_fails() -> None:
    held = {"recognise": {"memory": {"baseline": 21.4, "ceiling": 40.0}}}
    assert run.below_floor({"recognise": {"memory": {"ratio": 41.0}}}, held) == ["recognise: memory: 41.0, ceiling 40.0"]
    assert run.below_floor({"recognise": {"memory": {"ratio": 40.0}}}, held) == []


def test_new_baselines_keep_floors_and_hold_nothing_that_was_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BASELINES", tmp_path / "baselines.json")
    measured = {"import": {"rows": {"ratio": 20.0}, "more": {"ratio": 1.0}}, "new": {"pages": {"ratio": 0.5}}}
    run.save_baselines(measured, {"import": {"rows": {"baseline": 14.0, "floor": 10.0}}})
    assert run.load_baselines() == {"import": {"rows": {"baseline": 20.0, "floor": 10.0}}, "new": {"pages": {"baseline": 0.5}}}


def test_a_baseline_that_nothing_measures_any_more_fails() -> None:
    assert run.below_floor({"import": {"other": {"ratio": 99.0}}}, FLOORS) == ["import: rows: was not measured"]


def test_the_ratio_says_how_many_times_faster_ours_is() -> None:
    assert Comparison(Phase("ours", seconds=2.0), Phase("reference", seconds=30.0)).as_dict()["ratio"] == 15.0


def test_a_phase_counts_time_and_memory_of_children_too() -> None:
    child = "import time; held = bytearray(60_000_000); time.sleep(0.6)"
    with phase("child") as measured:
        subprocess.run([sys.executable, "-c", child], check=True)
    assert measured.seconds >= 0.6
    assert measured.peak_mb > 55
    with phase("nothing") as nothing:
        time.sleep(0.2)
    assert nothing.peak_mb < 30
    assert memory_mb() > 10


def test_processor_time_of_ended_children_is_counted_and_waiting_is_not() -> None:
    with phase("busy child") as busy:
        subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < 0.5: pass"], check=True)
    with phase("waiting") as waiting:
        time.sleep(0.4)
    assert busy.cpu_seconds >= 0.45
    assert waiting.cpu_seconds < 0.3


def test_the_table_shows_each_ratio_with_its_baseline_and_floor() -> None:
    shown = run.table({"import": {"rows": {"ratio": 12.5, "ours_s": 1.0}}}, FLOORS)
    assert all(word in shown for word in ("import: rows", "12.5", "14.0", "10.0"))
