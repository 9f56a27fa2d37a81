"""Where an office's data lies on disk, and the secrets kept there.

One folder holds everything that belongs to one office: the embedded database (`pg`), stored files (`files`), keys (`keys`).
`RENDA_DATA` names it; without it the folder is `var` in the checkout, or `var` in the working directory of an installed copy.
"""

import os
import secrets
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The absolute path of the data folder; it need not exist yet."""
    named = os.environ.get("RENDA_DATA", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    checkout = PACKAGE.parents[1]
    root = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
    return root / "var"


def private_folder(path: Path) -> Path:
    """Make `path` (and its parents) if it is missing, readable by its owner alone, and return it."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def secret(name: str, *, home: Path | None = None, size: int = 32) -> str:
    """The secret `name` as URL-safe text, made at first use from `size` random bytes in `keys/<name>` (mode 0600).

    Two processes that ask at once get the same one. Raises OSError where the folder cannot be written.
    """
    file = (home or data_folder()) / "keys" / name
    try:
        return file.read_text("ascii").strip()
    except FileNotFoundError:
        _create(file, secrets.token_urlsafe(size) + "\n")
        return file.read_text("ascii").strip()


def _create(file: Path, text: str) -> None:
    """Put `text` into a new private file in one step; a file that somebody else made meanwhile stands."""
    folder = private_folder(file.parent)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links
            if not file.exists():
                Path(draft).replace(file)
    finally:
        Path(draft).unlink(missing_ok=True)
