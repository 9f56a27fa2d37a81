"""`./run bench [NAME…] [--size quick|full] [--json] [--update]`: every `bench/bench_*.py`, each in a process of its own.

A benchmark module has `run(size) -> dict[str, Comparison | float]` (ratios by name) and may name its sizes in `SIZES`. The
database is an embedded one for benchmarks alone, empty at the start of each. Ratios are compared with the committed
`bench/baselines.json`; at full size one below its floor (or above its ceiling: memory) fails the run. `--update` writes the
measured ratios as the new baselines of what has one, and of a benchmark's all where it has none; floors are changed by hand.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.measure import Comparison

HERE = Path(__file__).resolve().parent
BASELINES = HERE / "baselines.json"
Results = dict[str, dict[str, dict[str, float]]]


def names() -> list[str]:
    """All benchmarks, by name."""
    return sorted(file.stem.removeprefix("bench_") for file in HERE.glob("bench_*.py"))


def main() -> int:
    """Run the chosen benchmarks; exit status 1 where one fails or falls below its floor."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Ratios in one run, against committed baselines.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names()) or 'none yet'}")
    parser.add_argument("--size", choices=("quick", "full"), default="full")
    parser.add_argument("--json", action="store_true", help="JSON alone on stdout")
    parser.add_argument("--update", action="store_true", help="write the ratios as new baselines")
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results: Results = {}
    failed = []
    for name in options.names or names():
        sys.stderr.write(f"… {name} ({options.size})\n")
        found = _in_a_process(name, options.size)
        if found is None:
            failed.append(f"{name}: did not finish")
        else:
            results[name] = found
    baselines = load_baselines()
    if options.size == "full":
        failed += below_floor(results, baselines)
    if options.update:
        save_baselines(results, baselines)
    if options.json:
        sys.stdout.write(json.dumps({"size": options.size, "results": results, "failed": failed}, indent=2) + "\n")
    else:
        sys.stdout.write(table(results, baselines))
    for line in failed:
        sys.stderr.write(f"FAILED {line}\n")
    return 1 if failed or not results else 0


def _in_a_process(name: str, size: str) -> dict[str, dict[str, float]] | None:
    """Run one benchmark with a fresh database; None where it fails (its own words are on stderr)."""
    from renda.core.datafolder import data_folder
    from renda.core.embedded import Cluster

    home = data_folder() / "bench"
    cluster = Cluster(home, durable=False)
    cluster.start()
    try:
        _empty(cluster)
        server = (cluster.hosting.data / "postmaster.pid").read_text().split()[0]
        environment = os.environ | {"RENDA_DATA": str(home), "RENDA_BENCH_SERVER": server}
        environment.pop("DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "bench.run", "--one", name, size]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)
    finally:
        cluster.stop()
    if done.returncode != 0:
        return None
    found: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _empty(cluster: Any) -> None:
    """Give the benchmark an empty database."""
    import psycopg

    with psycopg.connect(**cluster.connection("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS renda WITH (FORCE)")
        connection.execute("CREATE DATABASE renda")


def one(name: str, size: str) -> int:
    """In the benchmark's own process: set the records up, run it, write its ratios as the last line of stdout."""
    from renda.core.commands import open_records

    open_records(upgrade=True)
    module = importlib.import_module(f"bench.bench_{name}")
    sizes = getattr(module, "SIZES", {"quick": 1_000, "full": 100_000})
    found = module.run(sizes[size])
    sys.stdout.write("\n" + json.dumps({key: _numbers(value) for key, value in found.items()}) + "\n")
    return 0


def _numbers(value: Any) -> dict[str, float]:
    return value.as_dict() if isinstance(value, Comparison) else {"ratio": round(float(value), 2)}


def load_baselines() -> dict[str, dict[str, dict[str, float]]]:
    """The committed baselines: benchmark → ratio's name → `baseline` and `floor`."""
    return json.loads(BASELINES.read_text("utf-8")) if BASELINES.exists() else {}


def save_baselines(results: Results, baselines: Results) -> None:
    """Write the measured ratios; floors stay. What a benchmark with baselines measures besides them is told, and not held."""
    for name, ratios in results.items():
        known = baselines.setdefault(name, {})
        for key in list(known) or ratios:
            if key in ratios:
                known.setdefault(key, {})["baseline"] = ratios[key]["ratio"]
    BASELINES.write_text(json.dumps(baselines, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def below_floor(results: Results, baselines: Results) -> list[str]:
    """Ratios below their floor or above their ceiling, and baselines that nothing measured any more, one line each."""
    found = []
    for name, ratios in results.items():
        for key, numbers in ratios.items():
            held = baselines.get(name, {}).get(key, {})
            if numbers["ratio"] < held.get("floor", 0.0):
                found.append(f"{name}: {key}: {numbers['ratio']} times, floor {held['floor']}")
            if numbers["ratio"] > held.get("ceiling", float("inf")):
                found.append(f"{name}: {key}: {numbers['ratio']}, ceiling {held['ceiling']}")
        found += [f"{name}: {key}: was not measured" for key in baselines.get(name, {}) if key not in ratios]
    return found


def table(results: Results, baselines: Results) -> str:
    """The results for people."""
    head = f"{'benchmark':<44}{'ratio':>9}{'baseline':>10}{'floor':>8}{'ours s':>10}{'ref s':>10}{'ours MB':>10}{'ref MB':>10}\n"
    lines = [head, "-" * (len(head) - 1) + "\n"]
    for name, ratios in results.items():
        for key, numbers in ratios.items():
            known = baselines.get(name, {}).get(key, {})
            cells = [numbers.get("ratio"), known.get("baseline"), known.get("floor")]
            cells += [numbers.get(column) for column in ("ours_s", "reference_s", "ours_mb", "reference_mb")]
            widths = (9, 10, 8, 10, 10, 10, 10)
            shown = "".join(f"{'' if cell is None else cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
            lines.append(f"{f'{name}: {key}':<44}{shown}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(one(*sys.argv[2:]) if sys.argv[1:2] == ["--one"] else main())
