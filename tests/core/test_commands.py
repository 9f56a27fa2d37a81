"""Commands: quick help, clear failures, records only where they are needed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import click
import psycopg
import pytest
from click.testing import CliRunner

from renda import cli
from renda.core import commands
from renda.core.embedded import Cluster


def renda(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `renda …` as a person would."""
    command = [sys.executable, "-m", "renda", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=120)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose database has been made by `renda migrate`."""
    folder = tmp_path_factory.mktemp("office") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("RENDA_DATA", str(folder))
        patch.setenv("DJANGO_SETTINGS_MODULE", "renda.settings")
        Cluster(folder, durable=False).start()
        done = renda("migrate")
        assert done.returncode == 0, done.stderr
        yield folder
        Cluster(folder).stop()


def test_help_needs_neither_django_nor_a_database(data_folder: Path) -> None:
    code = "import sys\nfrom renda.cli import cli\ncli(['--help'], standalone_mode=False)\nassert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "stop" in done.stdout
    assert not data_folder.exists()


def test_every_command_says_what_it_does(data_folder: Path) -> None:
    group = cli.cli
    for name in group.list_commands(click.Context(group)):
        answer = CliRunner().invoke(group, [name, "--help"])
        assert answer.exit_code == 0, (name, answer.output)
        assert "Usage" in answer.output
    assert not (data_folder / "pg").exists()


def test_a_wrong_command_is_one_line_and_status_2(data_folder: Path) -> None:
    done = renda("no-such-command")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "用法错误" in done.stderr


@pytest.mark.parametrize(("arguments", "told"), [
    ("no-such-command", "没有“no-such-command”这个命令"), ("figures show", "缺少 CODE"), ("ledgers import", "缺少 PATH…"),
    ("figures show x --year 21x", "--year 的值不对，“21x”不是整数"), ("stop --force", "没有 --force 这个选项"), ("stop now", "多了“now”"),
])  # fmt: skip
def test_what_was_used_wrongly_is_told_in_chinese(arguments: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        commands.run(cli.cli, arguments.split())
    assert left.value.code == 2
    assert f"用法错误：{told}。查看用法：" in capsys.readouterr().err


def test_stop_without_a_server_succeeds_and_is_plain_json(data_folder: Path) -> None:
    done = renda("stop", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"stopped": False}
    assert not (data_folder / "pg").exists()


def test_a_server_that_cannot_be_reached_is_one_line_and_status_1(data_folder: Path) -> None:
    done = renda("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "DATABASE_URL" in done.stderr


def test_a_damaged_data_folder_is_one_line_and_status_1(data_folder: Path) -> None:
    (data_folder / "pg").mkdir(parents=True)
    (data_folder / "pg" / "letter.txt").write_text("mine")
    done = renda("migrate")
    assert (done.returncode, done.stdout) == (1, "")
    assert "别的文件" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_fresh_database_gets_its_tables_and_a_second_time_nothing(office: Path) -> None:
    with psycopg.connect(**Cluster(office).connection()) as connection:
        row = connection.execute("SELECT to_regclass('directory_account') IS NOT NULL").fetchone()
    assert row == (True,)
    again = renda("migrate")
    assert (again.returncode, again.stderr.count("\n")) == (0, 1), again.stderr


def test_a_database_older_than_the_program_is_refused_until_migrated(office: Path) -> None:
    code = "from renda.core.commands import run, needs_records\nimport click\nrun(click.command(needs_records(lambda: None)))"

    def look() -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert look().returncode == 0
    forget = "DELETE FROM django_migrations WHERE app = 'journal' AND name = '0001_initial'"
    with psycopg.connect(**Cluster(office).connection()) as connection:
        connection.execute(forget)
    refused = look()
    with psycopg.connect(**Cluster(office).connection()) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '0001_initial', now())")
    assert refused.returncode == 1
    assert "renda migrate" in refused.stderr
    assert look().returncode == 0


def test_an_inner_error_shows_no_traceback_unless_asked() -> None:
    code = "from renda.core.commands import run\nimport click\nrun(click.command(lambda: 1 / 0))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"RENDA_DEBUG": ""})
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "ZeroDivisionError" in done.stderr
    loud = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"RENDA_DEBUG": "1"})
    assert "Traceback" in loud.stderr


def test_json_is_an_object_of_plain_values(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"日期": date(2021, 3, 5), "whole": Decimal("5.00"), "part": Decimal("0.5"), "set": {2, 1}, "rows": (n for n in [1])}
    commands.emit_json(value)
    assert json.loads(capsys.readouterr().out) == {"日期": "2021-03-05", "whole": 5, "part": 0.5, "set": [1, 2], "rows": [1]}
    with pytest.raises(TypeError):
        commands.emit_json([1])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        commands.emit_json({"x": object()})


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    code = "from renda.core.commands import run; import click; run(click.command(lambda: click.echo('x' * 999_999)))"
    done = subprocess.run(f'"{sys.executable}" -c "{code}" | head -c 5', shell=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("xxxxx", "")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(address: str) -> tuple[int, str] | None:
    """The status that the address answers with, and its security policy; None where nobody answers yet."""
    try:
        with urllib.request.urlopen(address, timeout=5) as found:
            return found.status, found.headers.get("Content-Security-Policy", "")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Content-Security-Policy", "")
    except OSError:
        return None


def test_the_site_is_served_until_it_is_told_to_end(office: Path) -> None:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "renda", "serve", "--port", str(port)], stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 30
        while (style := answer(f"http://127.0.0.1:{port}/static/ui/css/tokens.css")) is None and time.monotonic() < deadline:
            assert server.poll() is None, server.stderr and server.stderr.read()
            time.sleep(0.1)
        assert style is not None
        assert style[0] == 200
        page = answer(f"http://127.0.0.1:{port}/no-such-page/")
        assert page is not None
        assert "default-src 'self'" in page[1]
        taken = renda("serve", "--port", str(port))
        assert taken.returncode == 1
        assert "--port" in taken.stderr
    finally:
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=30)[1]
    assert server.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
    assert answer(f"http://127.0.0.1:{port}/") is None


def test_listening_everywhere_asks_for_the_host_names(data_folder: Path) -> None:
    done = renda("serve", "--host", "0.0.0.0", RENDA_HOSTS="")
    assert done.returncode == 1
    assert "RENDA_HOSTS" in done.stderr
    assert not (data_folder / "pg").exists()


@pytest.mark.skipif(shutil.which("renda") is None, reason="the console script is there only in an installed copy")
def test_the_console_script_is_the_same_command() -> None:
    assert "县级人大" in subprocess.run(["renda", "--help"], capture_output=True, text=True).stdout
