"""The embedded server: private, idempotent, hard to break."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from renda.core.embedded import Cluster, DatabaseUnavailable, hosting
from renda.core.embedded.process import alive, wait_for

START = """
import pathlib, sys
from renda.core.embedded import Cluster
print(Cluster(pathlib.Path(sys.argv[1]), durable=False).start())
"""


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Cluster]]:
    """Make clusters below a temporary folder; they are stopped afterwards."""
    made: list[Cluster] = []

    def maker(name: str = "office") -> Cluster:
        cluster = Cluster(tmp_path / name, durable=False)
        made.append(cluster)
        return cluster

    yield maker
    for cluster in made:
        cluster.stop()
        if not cluster.hosting.sockets.is_relative_to(tmp_path):
            shutil.rmtree(cluster.hosting.sockets, ignore_errors=True)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One running cluster for the tests that only look."""
    cluster = Cluster(tmp_path_factory.mktemp("shared") / "x y", durable=False)
    cluster.start()
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, question: str) -> object:
    """One value from the server."""
    with psycopg.connect(**cluster.connection(), connect_timeout=10) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def test_start_is_idempotent_and_stop_ends_it(make: Callable[..., Cluster]) -> None:
    cluster = make()
    assert cluster.start() is True
    assert cluster.start() is False
    assert ask(cluster, "SELECT current_user") == "renda"
    assert cluster.stop() is True
    assert cluster.stop() is False
    assert not cluster.running()


def test_records_survive_a_restart(make: Callable[..., Cluster]) -> None:
    cluster = make()
    cluster.start()
    with psycopg.connect(**cluster.connection()) as connection:
        connection.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)")
    cluster.stop()
    cluster.start()
    assert ask(cluster, "SELECT n FROM kept") == 42


def test_no_one_gets_in_without_the_password(shared: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**shared.connection() | {"password": "wrong"}, connect_timeout=10)
    rules = (shared.hosting.data / "pg_hba.conf").read_text().splitlines()
    methods = {line.split()[-1] for line in rules if line.strip() and not line.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_there_is_no_tcp_listener_and_files_are_private(shared: Cluster) -> None:
    assert ask(shared, "SHOW listen_addresses") == ""
    for path in (shared.hosting.data, shared.hosting.sockets, shared.home / "keys"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (shared.home / "keys" / "database").stat().st_mode & 0o777 == 0o600


def test_real_data_is_synced_and_test_data_is_not(shared: Cluster) -> None:
    assert ask(shared, "SHOW fsync") == "off"
    assert Cluster(shared.home).durable


def test_failed_statements_leave_no_values_in_the_log(shared: Cluster) -> None:
    with psycopg.connect(**shared.connection(), autocommit=True) as connection:
        connection.execute("CREATE TABLE people (number text PRIMARY KEY)")
        for _ in range(2):
            try:
                connection.execute("INSERT INTO people VALUES ('110101199003074258')")
            except psycopg.errors.UniqueViolation:
                refused = True
    assert refused
    assert "110101199003074258" not in shared.hosting.log.read_text()


def test_a_killed_server_is_started_again(make: Callable[..., Cluster]) -> None:
    cluster = make()
    cluster.start()
    pid = int((cluster.hosting.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: not alive(pid), 10)
    assert not cluster.running()
    assert cluster.start() is True
    assert ask(cluster, "SELECT 1") == 1


def test_a_stale_pid_file_that_names_a_stranger_is_seen_through(make: Callable[..., Cluster]) -> None:
    cluster = make()
    cluster.start()
    cluster.stop()
    (cluster.hosting.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.hosting.data}\n1\n5432\n\n\n0 0\nready\n")
    assert not cluster.running()
    assert cluster.start() is True


def test_processes_that_start_it_at_once_start_it_once(make: Callable[..., Cluster]) -> None:
    cluster = make()
    command = [sys.executable, "-c", START, str(cluster.home)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = sorted(racer.communicate(timeout=60)[0].strip() for racer in racers)
    assert said == ["False", "False", "False", "True"]
    assert cluster.running()


def test_a_long_path_puts_the_socket_elsewhere_each_folder_its_own(make: Callable[..., Cluster]) -> None:
    first, second = make("甲" * 40), make("乙" * 40)
    first.start()
    second.start()
    assert first.hosting.sockets != second.hosting.sockets
    assert len(os.fsencode(first.hosting.sockets / ".s.PGSQL.5432")) <= 107
    assert first.hosting.sockets.stat().st_mode & 0o077 == 0
    assert ask(first, "SHOW data_directory") != ask(second, "SHOW data_directory")


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosting.tempfile, "gettempdir", lambda: str(tmp_path))
    home = tmp_path / ("长" * 40)
    folder = hosting._socket_folder(home)
    folder.chmod(0o777)
    with pytest.raises(DatabaseUnavailable, match="权限过宽"):
        hosting._socket_folder(home)


def test_an_interrupted_first_start_is_begun_again(make: Callable[..., Cluster]) -> None:
    cluster = make()
    draft = cluster.home / "pg.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    assert cluster.start() is True
    assert not draft.exists()


def test_files_of_others_in_its_place_are_left_alone(make: Callable[..., Cluster]) -> None:
    cluster = make()
    theirs = cluster.home / "pg" / "letter.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("keep me")
    with pytest.raises(DatabaseUnavailable, match="别的文件"):
        cluster.start()
    assert theirs.read_text() == "keep me"


def test_data_of_another_version_is_refused_untouched(make: Callable[..., Cluster]) -> None:
    cluster = make()
    cluster.start()
    cluster.stop()
    version = cluster.hosting.data / "PG_VERSION"
    version.write_text("13\n")
    with pytest.raises(DatabaseUnavailable, match="PostgreSQL 13"):
        cluster.start()
    assert version.read_text() == "13\n"


def test_a_server_that_cannot_start_says_why(make: Callable[..., Cluster]) -> None:
    cluster = make()
    cluster.start()
    cluster.stop()
    (cluster.hosting.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(DatabaseUnavailable, match="详情见"):
        cluster.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs this way")
def test_root_without_namespaces_uses_a_folder_of_its_own(make: Callable[..., Cluster], monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = Path(tempfile.mkdtemp(prefix="renda-own-"))  # not below tmp_path: others must be able to enter it
    elsewhere.chmod(0o755)
    works = hosting._works
    monkeypatch.setattr(hosting, "_works", lambda chosen: not chosen.how.startswith("namespace") and works(chosen))
    monkeypatch.setattr(hosting, "OWN_PLACE", elsewhere)
    monkeypatch.setattr(hosting, "SERVICE_USER", "nobody")
    cluster = make()
    try:
        assert cluster.start() is True
        pid = int((cluster.hosting.data / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{pid}").stat().st_uid != 0
        assert Cluster(cluster.home).hosting == cluster.hosting
        assert ask(cluster, "SELECT 1") == 1
        assert not (cluster.home / "pg").exists()
    finally:
        cluster.stop()
        shutil.rmtree(elsewhere)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused by PostgreSQL")
def test_root_runs_it_without_power_over_the_machine(shared: Cluster) -> None:
    pid = int((shared.hosting.data / "postmaster.pid").read_text().split()[0])
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
    assert int(status["CapEff"], 16) == 0
