"""`renda serve`: the site (granian, WSGI) with the background worker beside it; both end together."""

import contextlib
import ctypes
import importlib.util
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import click

from renda.core.commands import fail, open_records, say

WORKER_MODULE = "renda.jobs.worker"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听的端口")
def serve(host: str, port: int) -> None:
    """启动网站和后台任务，按 Ctrl-C 结束。数据库结构有更新时先行更新。"""
    serve_site(host, port)


def serve_site(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Bring the database up to date and serve until interrupted. Raises Failure where the address cannot be had."""
    _allow(host)
    _must_be_free(host, port)
    open_records(upgrade=True)
    from django.db import connections

    connections.close_all()
    with worker():
        _granian(host, port)


@contextlib.contextmanager
def worker() -> Iterator[None]:
    """The background worker as a child process, for as long as the block runs. It gets 20 seconds to finish what it is at."""
    if importlib.util.find_spec(WORKER_MODULE) is None:
        yield
        return
    child = subprocess.Popen([sys.executable, "-m", WORKER_MODULE], stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent)
    try:
        yield
    finally:
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


def _granian(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    site = Granian(
        "renda.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    site.on_startup(lambda: say(f"网站已启动：http://{f'[{host}]' if ':' in host else host}:{port}/（按 Ctrl-C 结束）"))
    site.serve()


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
