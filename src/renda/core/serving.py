"""`renda serve`: the site (granian, WSGI) with the background worker beside it; both end together."""

import contextlib
import ctypes
import importlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import click

from renda.core.commands import fail, open_records, say, set_up_django
from renda.core.datafolder import data_folder, private_folder

WORKER_MODULE = "renda.jobs.worker"
RESTART_FIRST_S, RESTART_MOST_S, HEALTHY_S = 1.0, 30.0, 60.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听的端口")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="网站进程的个数")
@click.option("--no-worker", is_flag=True, help="只启动网站；后台任务由另一处的 renda work 承担")
def serve(host: str, port: int, processes: int, no_worker: bool) -> None:
    """启动网站和后台任务，按 Ctrl-C 结束。数据库结构有更新时先行更新。"""
    serve_site(host, port, processes=processes, with_worker=not no_worker)


@click.command()
def work() -> None:
    """只承担后台任务，不启动网站。可以在几台机器上同时运行；按 Ctrl-C 或 SIGTERM 结束。"""
    set_up_django()
    importlib.import_module(WORKER_MODULE).main()  # by name: the walls have it above


def serve_site(host: str = "127.0.0.1", port: int = 8000, *, processes: int = 1, with_worker: bool = True) -> None:
    """Bring the database up to date and serve until interrupted. Raises Failure where the address cannot be had."""
    _allow(host)
    _must_be_free(host, port)
    open_records(upgrade=True)
    from django.db import connections

    connections.close_all()
    if processes > 1:
        _share_counters()
    with worker() if with_worker else contextlib.nullcontext():
        _granian(host, port, processes)


@contextlib.contextmanager
def worker() -> Iterator[None]:
    """The background worker as a child process, for as long as the block runs; one that dies is started again. In the end it gets 20
    seconds to finish what it is at."""
    if importlib.util.find_spec(WORKER_MODULE) is None:
        yield
        return
    over, holder = threading.Event(), [_start_worker()]
    keeper = threading.Thread(target=_keep_alive, args=(holder, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join(RESTART_MOST_S)
        _end(holder[0])


def _keep_alive(holder: list[subprocess.Popen[bytes]], over: threading.Event) -> None:
    """Start the worker again when it ends by itself; ever more slowly while it keeps ending at once (memory, a broken database)."""
    pause, started = RESTART_FIRST_S, time.monotonic()
    while not over.wait(0.5):
        if holder[0].poll() is None:
            continue
        pause = RESTART_FIRST_S if time.monotonic() - started > HEALTHY_S else min(RESTART_MOST_S, pause * 2)
        say(f"后台任务意外结束（状态 {holder[0].returncode}），{pause:.0f} 秒后重新启动。")
        if over.wait(pause):
            return
        holder[0], started = _start_worker(), time.monotonic()


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", WORKER_MODULE], stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _end_with_parent() -> None:
    """In the child: a group of its own (Ctrl-C reaches it through us), and an end when the parent is killed (Linux)."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _granian(host: str, port: int, processes: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    site = Granian(
        "renda.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=4,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    site.on_startup(lambda: say(f"网站已启动：http://{f'[{host}]' if ':' in host else host}:{port}/（按 Ctrl-C 结束）"))
    site.serve()


def _share_counters() -> None:
    """Several processes count requests together, in files that begin empty."""
    folder = data_folder() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(private_folder(folder))


def _allow(host: str) -> None:
    """The site answers only to host names it knows; tell it the one it is given."""
    if host in LOOPBACK or os.environ.get("RENDA_HOSTS"):
        return
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        fail("监听所有地址时，请用 RENDA_HOSTS 写明网站的域名或地址（多个用逗号分开），例如 RENDA_HOSTS=10.1.2.3。")
    os.environ["RENDA_HOSTS"] = host


def _must_be_free(host: str, port: int) -> None:
    """Fail with a clear line, before any work, where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        fail(f"{host}:{port} 不能使用：{error.strerror or error}。请用 --port 换一个端口。")
