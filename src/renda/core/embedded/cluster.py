"""The embedded PostgreSQL cluster of one data folder: initialise, start, stop, say how to connect.

scram-sha-256 for every connection, no TCP listener, a private socket folder, the password in `keys/database` (mode 0600).
Starting is idempotent and safe for several processes at once; a server that was killed is cleaned up after.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from renda.core.datafolder import private_folder, secret
from renda.core.embedded.hosting import DatabaseUnavailable, Hosting, choose
from renda.core.embedded.process import alive, environment, last_line, serves, shared_memory, wait_for

USER = "renda"
PORT = "5432"
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Failed statements may carry personal values: neither the statement nor the values go to the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
PATIENCE_S = 600


@dataclass(frozen=True)
class Cluster:
    """The server under `home`. `durable=False` trades safety on power loss for speed (tests and benchmarks only)."""

    home: Path
    durable: bool = True

    @cached_property
    def hosting(self) -> Hosting:
        """As whom and where this cluster runs."""
        return choose(self.home)

    def connection(self, database: str = USER) -> dict[str, Any]:
        """Connection parameters in libpq's words. Makes the password when there is none; starts nothing."""
        return {
            "host": str(self.hosting.sockets),
            "port": PORT,
            "user": USER,
            "password": secret("database", home=self.home),
            "dbname": database,
        }

    def running(self) -> bool:
        """Whether the server accepts connections now."""
        status = self._status()
        if status is None or status[1] != "ready":
            return False
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(self.hosting.sockets / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
        return True

    def start(self) -> bool:
        """Make sure that the server runs; True if this call started it. Raises DatabaseUnavailable."""
        if self.running():
            return False
        with self._lock():
            if self.running():
                return False
            if not (self.hosting.data / "PG_VERSION").exists():
                self._initialise()
            self._check_version()
            self._clear_stale()
            self._launch()
            self._make_database()
        return True

    def stop(self) -> bool:
        """End the server; True if there was one. Open transactions are rolled back, connections closed."""
        if self._status() is None:
            return False
        with self._lock():
            status = self._status()
            if status is None:
                return False
            for how, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 20), (signal.SIGKILL, 10)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(status[0], how)
                if wait_for(lambda: not alive(status[0]), patience):
                    return True
        raise DatabaseUnavailable(f"数据库进程 {status[0]} 无法结束，请联系系统管理员。")

    def _status(self) -> tuple[int, str] | None:
        """Process id and state word of the server that serves this data folder, or None."""
        try:
            lines = (self.hosting.data / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return None
        if len(lines) < 1 or not lines[0].strip().lstrip("-").isdigit():
            return None
        pid = abs(int(lines[0]))
        if not alive(pid) or not serves(pid, self.hosting.data):
            return None
        return pid, lines[7].strip() if len(lines) > 7 else "starting"

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        private_folder(self.home)
        with (self.home / "pg.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _initialise(self) -> None:
        """Make the cluster beside its place, then move it there, so that an interrupted start leaves nothing half made."""
        hosting = self.hosting
        draft = hosting.data.with_name("pg.new")
        shutil.rmtree(draft, ignore_errors=True)
        if hosting.data.exists():
            if any(hosting.data.iterdir()):
                raise DatabaseUnavailable(f"{hosting.data} 里有别的文件，不能在此建立数据库。请移走它们，或换一个 RENDA_DATA。")
            hosting.data.rmdir()
        password = self._password_for_initdb()
        arguments = ["-D", str(draft), "-U", USER, "--pwfile", str(password), "--auth=scram-sha-256", "--encoding=UTF8"]
        arguments += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync"]
        try:
            done = subprocess.run(
                hosting.command("initdb", *arguments), capture_output=True, text=True, env=environment(), cwd=hosting.sockets
            )
        finally:
            if password.parent != self.home / "keys":
                password.unlink(missing_ok=True)
        if done.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise DatabaseUnavailable(f"无法建立数据库：{last_line(done.stderr)}。请检查磁盘空间和 {self.home} 的权限。")
        draft.rename(hosting.data)
        if self.durable:
            os.sync()

    def _password_for_initdb(self) -> Path:
        """The password in a file that the server's user can read."""
        text = secret("database", home=self.home)
        kind, _, ids = self.hosting.how.partition(":")
        if kind != "user":
            return self.home / "keys" / "database"
        file = self.hosting.sockets / "password"
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(text + "\n")
        uid, gid = ids.split(":")
        os.chown(file, int(uid), int(gid))
        return file

    def _check_version(self) -> None:
        made = (self.hosting.data / "PG_VERSION").read_text("ascii").strip()
        command = self.hosting.command("postgres", "--version")
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.hosting.sockets)
        if done.returncode != 0:
            raise DatabaseUnavailable(f"内置数据库程序不能运行：{last_line(done.stderr)}。")
        ours = done.stdout.split()[-1].split(".")[0]
        if made != ours:
            raise DatabaseUnavailable(f"数据由 PostgreSQL {made} 建立，当前程序是 {ours}。请先用旧版导出数据，再在新版中导入。")

    def _clear_stale(self) -> None:
        """Remove the pid file of a server that is gone: its number may have been given to some other process meanwhile."""
        if self._status() is None:
            (self.hosting.data / "postmaster.pid").unlink(missing_ok=True)
            (self.hosting.sockets / f".s.PGSQL.{PORT}").unlink(missing_ok=True)
            (self.hosting.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _launch(self) -> None:
        """Start the server and wait until it is ready; crash recovery is given time, a dead process none."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            pid = self._spawn()
            started = time.monotonic()
            told = False
            while time.monotonic() < deadline and alive(pid):
                if self.running():
                    return
                if not told and time.monotonic() - started > 5:
                    told = True
                    sys.stderr.write("正在恢复数据库，请稍候……\n")
                time.sleep(0.02)
            # Children of a server that was killed hold its memory for a moment after it.
            if not self._log_says("shared memory") or time.monotonic() > deadline:
                break
            time.sleep(0.5)
            deadline = min(deadline, time.monotonic() + 15)
        raise DatabaseUnavailable(f"数据库没有启动成功：{last_line(self._log_tail())}。详情见 {self.hosting.log}。")

    def _spawn(self) -> int:
        hosting = self.hosting
        quoted = '"' + str(hosting.sockets).replace('"', '""') + '"'
        settings = SETTINGS | {"unix_socket_directories": quoted, "dynamic_shared_memory_type": shared_memory()}
        settings |= {} if self.durable else CARELESS
        arguments = ["-D", str(hosting.data)]
        for name, value in settings.items():
            arguments += ["-c", f"{name}={value}"]
        self._rotate_log()
        with hosting.log.open("ab") as log:
            done = subprocess.run(
                hosting.command("postgres", *arguments, detach=True),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=environment(), cwd=hosting.sockets,
            )  # fmt: skip
        if done.returncode != 0:
            raise DatabaseUnavailable(f"数据库程序无法运行。详情见 {hosting.log}。")
        return int(done.stdout)

    def _rotate_log(self) -> None:
        log = self.hosting.log
        if log.exists() and log.stat().st_size > 5_000_000:
            log.replace(log.with_suffix(".old.log"))
        log.touch(mode=0o600)

    def _log_tail(self) -> str:
        with contextlib.suppress(OSError), self.hosting.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 4000))
            return log.read().decode("utf-8", "replace")
        return ""

    def _log_says(self, words: str) -> bool:
        return words in self._log_tail()[-600:]

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(**self.connection("postgres"), autocommit=True, connect_timeout=20) as connection:
            row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [USER]).fetchone()
            if row is None:
                connection.execute(f"CREATE DATABASE {USER}")
