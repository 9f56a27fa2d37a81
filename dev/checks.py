"""Everything that is checked besides the tests: `./run python -m dev.checks [NAME…]`. Exit status 1 when anything fails.

lint · types · walls · migrations · catalogue · spoken errors · letters · procedures · vendored files · locks. Each says how to run it alone when it fails.
"""

import os
import subprocess
import sys
import tempfile
import time

PYTHON = sys.executable
CHECKS = {
    "lint": [PYTHON, "-m", "ruff", "check", "src", "tests", "dev", "bench"],
    "types": [PYTHON, "-m", "mypy"],
    "walls": [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "migrations": [PYTHON, "-m", "dev.migrations"],
    "catalogue": [PYTHON, "-m", "dev.catalogue", "--check"],
    "spoken": [PYTHON, "-m", "dev.spoken"],
    "procedures": [PYTHON, "-m", "dev.procedures", "--check"],
    "letters": [PYTHON, "-m", "dev.letters", "--check"],
    "vendored": [PYTHON, "dev/vendor.py", "--check"],
    "locks": ["bash", "dev/lock", "--check"],
}


def main(names: list[str]) -> int:
    """Run the named checks (all by default) and say which failed."""
    unknown = set(names) - set(CHECKS)
    if unknown:
        sys.stderr.write(f"no such check: {', '.join(sorted(unknown))}; there are: {', '.join(CHECKS)}\n")
        return 2
    failed = [name for name in names or CHECKS if not _passes(name)]
    if failed:
        sys.stdout.write(f"checks failed: {', '.join(failed)} (one alone: ./run python -m dev.checks {failed[0]})\n")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:  # settings make their keys somewhere: not in the office's data
        done = subprocess.run(CHECKS[name], env=os.environ | {"RENDA_DATA": folder}, stdin=subprocess.DEVNULL)
    word = "ok" if done.returncode == 0 else "FAILED"
    sys.stdout.write(f"== {name}: {word} ({time.monotonic() - started:.0f} s)\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
