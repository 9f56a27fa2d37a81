"""Make the environment that `./run` uses: `bootstrap.py ROOT ENV LOCK…`. Standard library only; Python 3.11 or newer.

A virtual environment in `ENV/venv` gets exactly what the locks `ROOT/locks/LOCK.txt` name, each file checked against its hash, by uv
(itself pinned in `locks/uv.txt`) or, where uv cannot be had, by pip. A copy of each lock stays as the stamp of what is installed.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PIP = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location", "--require-hashes"]
HINT = (
    "本机的 Python 不能建立虚拟环境（缺少 ensurepip）。请先安装：Debian/Ubuntu 用 apt-get install python3-venv，"
    "其他系统请装完整版 Python，或把 uv 放进 PATH；然后重试。"
)


class Failed(Exception):
    """The environment cannot be made; the message says what to do."""


def say(text: str) -> None:
    """A line of progress on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def run(command: list[str], **more: str) -> bool:
    """Run a program quietly, with `more` in its environment; whether it succeeded. What it said is kept in `run.last`."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | more
    )
    run.last = done.stdout  # type: ignore[attr-defined]
    return done.returncode == 0


def last_lines() -> str:
    """The end of what the last program said."""
    return "\n".join(run.last.strip().splitlines()[-6:])  # type: ignore[attr-defined]


def make_venv(venv: Path, uv: str | None) -> None:
    """A fresh virtual environment at `venv`."""
    if venv.exists():
        shutil.rmtree(venv)
    if uv and run([uv, "venv", "--quiet", "--python", sys.executable, str(venv)], UV_PYTHON_DOWNLOADS="never"):
        return
    if not run([sys.executable, "-m", "venv", str(venv)]):
        shutil.rmtree(venv, ignore_errors=True)
        raise Failed(HINT)


def find_uv(root: Path, env: Path) -> str | None:
    """The pinned uv, installed into `ENV/tool` at first use; else one on the PATH; else None."""
    tool, lock, stamp = env / "tool", root / "locks" / "uv.txt", env / "installed-uv.txt"
    uv = tool / "bin" / "uv"
    if uv.exists() and same(lock, stamp):
        return str(uv)
    shutil.rmtree(tool, ignore_errors=True)
    made = run([sys.executable, "-m", "venv", str(tool)])
    if made and run([str(tool / "bin" / "python"), "-m", "pip", *PIP, "-r", str(lock)]) and run([str(uv), "--version"]):
        shutil.copyfile(lock, stamp)
        return str(uv)
    shutil.rmtree(tool, ignore_errors=True)
    return shutil.which("uv")


def install(env: Path, uv: str | None, lock: Path) -> None:
    """Install one lock, by uv or else by pip. Raises Failed."""
    python = str(env / "venv" / "bin" / "python")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(lock)]
        ours = {"UV_CACHE_DIR": str(env / "cache"), "UV_LINK_MODE": "hardlink", "UV_SYSTEM_CERTS": "true"}
        if run(command, **(ours | {name: os.environ[name] for name in ours if name in os.environ})):
            return
        say("uv 安装未成功，改用 pip。")
    if not run([python, "-m", "pip", "--version"]) and not run([python, "-m", "ensurepip"]):
        raise Failed(HINT if not uv else f"安装依赖失败：\n{last_lines()}")
    if not run([python, "-m", "pip", *PIP, "-r", str(lock)]):
        raise Failed(f"安装依赖失败，请检查网络或软件源设置后重试：\n{last_lines()}")


def same(left: Path, right: Path) -> bool:
    """Whether both files are there and equal."""
    return left.exists() and right.exists() and left.read_bytes() == right.read_bytes()


def bootstrap(root: Path, env: Path, names: list[str]) -> None:
    """Bring the environment to what the locks say. Packages that a newer lock dropped go only with a new environment."""
    venv = env / "venv"
    outdated = [name for name in names if not same(root / "locks" / f"{name}.txt", env / f"installed-{name}.txt")]
    healthy = (venv / "bin" / "python").exists() and run([str(venv / "bin" / "python"), "-c", "import sys"])
    if healthy and not outdated:
        return
    started = time.monotonic()
    say("正在准备运行环境……")
    uv = find_uv(root, env)
    if not healthy or ((env / "installed-run.txt").exists() and "run" in outdated):
        make_venv(venv, uv)
        for stamp in env.glob("installed-*.txt"):
            if stamp.name != "installed-uv.txt":
                stamp.unlink()
        outdated = names
    for name in outdated:
        lock = root / "locks" / f"{name}.txt"
        install(env, uv, lock)
        shutil.copyfile(lock, env / f"installed-{name}.txt")
    say(f"运行环境就绪（{time.monotonic() - started:.0f} 秒）。")


def main() -> int:
    """Do it under a lock, so that two first starts at once do not disturb each other."""
    root, env, *names = sys.argv[1:]
    folder = Path(env)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            bootstrap(Path(root), folder, names)
    except Failed as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"不能写入 {folder}：{error.strerror}。请换一个可写的位置，或用 RENDA_ENV 指定环境文件夹。")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
