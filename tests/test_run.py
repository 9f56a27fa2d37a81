"""`./run` on machines of all kinds. Nothing is downloaded: the environment is a stand-in whose stamps are up to date."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "locks"
TOOLS = ("bash", "env", "dirname", "readlink", "cmp", "mkdir", "cat", "sh")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with spaces that nobody else may enter, with `run`, its bootstrap and the locks."""
    folder = tmp_path / "县 人大" / "check out"
    (folder / "dev").mkdir(parents=True)
    folder.parent.chmod(0o700)
    shutil.copy(ROOT / "run", folder)
    shutil.copy(ROOT / "dev" / "bootstrap.py", folder / "dev")
    shutil.copytree(LOCKS, folder / "locks")
    (folder / "src" / "renda").mkdir(parents=True)
    return folder


def stand_in(checkout: Path) -> Path:
    """An environment that is up to date: its Python tells how it was called."""
    env = checkout / "var" / "env"
    (env / "venv" / "bin").mkdir(parents=True)
    python = env / "venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "called: $*"\necho "home: $HOME"\necho "path: $PYTHONPATH"\npwd\n')
    python.chmod(0o755)
    for lock in LOCKS.glob("*.txt"):
        shutil.copy(lock, env / f"installed-{lock.name}")
    return env


def tools(folder: Path, **programs: str) -> str:
    """A PATH with the few tools that `run` may rely on, and the given programs (name → shell script)."""
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    for name, script in programs.items():
        (folder / name).write_text("#!/bin/sh\n" + script)
        (folder / name).chmod(0o755)
    return str(folder)


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call `run` with this environment alone."""
    command = [shutil.which("bash") or "bash", str(checkout / "run"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/", timeout=60)


@pytest.mark.parametrize(
    ("arguments", "called"),
    [
        (["demo", "--no-serve"], "-m renda demo --no-serve"),
        (["figures", "show", "a b"], "-m renda figures show a b"),
        (["stop"], "-m renda stop"),
        (["test", "-k", "x"], "-m dev.test -k x"),
        (["bench"], "-m bench.run"),
        (["figures", "list"], "-m renda figures list"),
        ([], "-m renda"),
    ],
)
def test_each_word_goes_where_it_belongs(checkout: Path, tmp_path: Path, arguments: list[str], called: str) -> None:
    stand_in(checkout)
    done = run(checkout, *arguments, PATH=tools(tmp_path / "bin"), HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"called: {called}"
    assert done.stderr == ""


@pytest.mark.parametrize("home", [None, "", "/nonexistent"])
def test_without_a_home_it_makes_one_of_its_own(checkout: Path, tmp_path: Path, home: str | None) -> None:
    env = stand_in(checkout)
    environment = {} if home is None else {"HOME": home}
    done = run(checkout, "stop", PATH=tools(tmp_path / "bin"), **environment)
    assert done.returncode == 0, done.stderr
    assert f"home: {env / 'home'}" in done.stdout
    assert (env / "home").is_dir()


def test_it_is_found_through_a_link_and_brings_its_own_sources(checkout: Path, tmp_path: Path) -> None:
    stand_in(checkout)
    (tmp_path / "renda").symlink_to(checkout / "run")
    done = subprocess.run(
        [str(tmp_path / "renda"), "stop"],
        capture_output=True, text=True, env={"PATH": tools(tmp_path / "bin"), "HOME": str(tmp_path), "PYTHONPATH": "/elsewhere"},
    )  # fmt: skip
    assert f"path: {checkout / 'src'}" in done.stdout, done.stderr


def test_what_is_compiled_is_kept(checkout: Path, tmp_path: Path) -> None:
    """Compiling all modules anew costs each command about a second."""
    env = stand_in(checkout)
    (env / "venv" / "bin" / "python").write_text('#!/bin/sh\necho "kept: $PYTHONPYCACHEPREFIX not: $PYTHONDONTWRITEBYTECODE."\n')
    done = run(checkout, "stop", PATH=tools(tmp_path / "bin"), HOME=str(tmp_path), PYTHONDONTWRITEBYTECODE="1")
    assert done.stdout == f"kept: {env / 'bytecode'} not: .\n", done.stderr


def test_without_python_it_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    done = run(checkout, "stop", PATH=tools(tmp_path / "bin"), HOME=str(tmp_path))
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert "apt-get install" in done.stderr
    assert done.stdout == ""


def test_an_old_python_is_passed_over(checkout: Path, tmp_path: Path) -> None:
    newer = 'case "$*" in *version_info*) exit 0;; esac\necho "boot: $*"\nexit 3\n'
    path = tools(tmp_path / "bin", python3="exit 1\n", **{"python3.12": newer})
    done = run(checkout, "stop", PATH=path, HOME=str(tmp_path))
    assert done.returncode == 3
    assert "bootstrap.py" in done.stdout


def test_a_python_that_makes_no_environments_gets_a_hint(checkout: Path, tmp_path: Path) -> None:
    python = f'case "$*" in *"-m venv"*) exit 1;; esac\nexec "{sys.executable}" "$@"\n'
    fake = tools(tmp_path / "bin", python3=python)
    code = f"""
import sys
sys.path.insert(0, {str(checkout / "dev")!r})
sys.executable = {str(tmp_path / "bin" / "python3")!r}
import bootstrap
sys.argv = ['bootstrap.py', {str(checkout)!r}, {str(checkout / "var" / "env")!r}, 'run']
sys.exit(bootstrap.main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": fake, "HOME": str(tmp_path)})
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / "var" / "env" / "venv").exists()


def test_a_changed_lock_calls_the_bootstrap(checkout: Path, tmp_path: Path) -> None:
    stand_in(checkout)
    with (checkout / "locks" / "run.txt").open("a") as lock:
        lock.write("# renewed\n")
    path = tools(tmp_path / "bin", python3='case "$*" in *version_info*) exit 0;; esac\necho "boot: $*"\n')
    done = run(checkout, "stop", PATH=path, HOME=str(tmp_path))
    assert "bootstrap.py" in done.stdout.splitlines()[0]


def test_a_place_that_cannot_be_written_gets_a_hint(checkout: Path, tmp_path: Path) -> None:
    done = run(checkout, "stop", PATH=os.environ["PATH"], HOME=str(tmp_path), RENDA_ENV="/proc/renda")
    assert done.returncode == 1
    assert "RENDA_ENV" in done.stderr


@pytest.mark.parametrize("name", ["run", "test", "bench", "spark", "uv"])
def test_locks_pin_everything_with_hashes_and_name_no_address(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_every_dependency_is_in_its_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    for name, requirements in wanted.items():
        locked = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)", (LOCKS / f"{name}.txt").read_text(), re.MULTILINE))
        for requirement in requirements:
            package = re.match(r"[A-Za-z0-9._-]+", requirement)
            assert package
            assert package[0].lower().replace("_", "-") in locked, (name, requirement)


def test_tests_run_with_the_versions_that_users_get() -> None:
    def pins(name: str) -> dict[str, str]:
        pin = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
        return dict(pin.findall((LOCKS / f"{name}.txt").read_text()))

    run_pins = pins("run")
    for name in ("test", "bench", "spark"):
        others = pins(name)
        assert {package: others.get(package) for package in run_pins} == run_pins, name
