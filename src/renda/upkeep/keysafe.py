"""The keys' own backup. Without them a backup's encrypted values stay shut; with them alone nobody reads anything."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

from renda.core.datafolder import data_folder, private_folder
from renda.upkeep.layout import BackupFault, write_safely

FIELDS, OTHERS = "fields.json", ("django",)


def marks(folder: Path) -> dict[str, str]:
    """For each key in the folder (and the lookup key) a mark that tells it from another, and from which it cannot be had.

    Empty where the folder holds no keys yet. Raises BackupFault where the file is broken.
    """
    return _marks(folder / FIELDS) if (folder / FIELDS).exists() else {}


def _marks(file: Path) -> dict[str, str]:
    try:
        content = json.loads(file.read_text("utf-8"))
        keys = {**content["keys"], **{name: content[name] for name in ("lookup", "steady", "lookup_next") if name in content}}
        return {name: hmac.digest(base64.b64decode(key), b"renda backup mark", "sha256").hex()[:24] for name, key in keys.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFault(f"密钥文件 {file} 读不出来或已损坏。请换用另一份密钥备份。") from error


def find(wanted: dict[str, str], folder: Path) -> Path | None:
    """The file in the folder whose keys open what was encrypted under the wanted ones: the present one, or one that a rotation replaced."""
    for file in (folder / FIELDS, *sorted(folder.glob(f"{FIELDS}.replaced-*"))):
        if file.exists():
            held = _marks(file)
            if all(held.get(name) == mark for name, mark in wanted.items()):
                return file
    return None


def keep(target: Path) -> dict[str, str]:
    """Copy the office's keys to a folder of their own; what lies there under another content stays beside it. Returns their marks."""
    source = data_folder() / "keys"
    private_folder(target).chmod(0o700)
    for name in (FIELDS, *OTHERS):
        if (source / name).is_file():
            _copy(source / name, target / name)
    found = marks(target)
    if found != marks(source):
        raise BackupFault(f"密钥没有备份成功：{target} 中的内容与原件不符。请换一个文件夹重试。")
    return found


def put_back(file: Path) -> None:
    """Make the keys in the file the office's own, with what lies beside it; the present ones stay beside them."""
    own = private_folder(data_folder() / "keys")
    _copy(file, own / FIELDS)
    for name in OTHERS:
        if (file.parent / name).is_file():
            _copy(file.parent / name, own / name)


def _copy(source: Path, target: Path) -> None:
    content = source.read_text("utf-8")
    if target.exists():
        present = target.read_text("utf-8")
        if present == content:
            return
        mark = hashlib.sha256(present.encode()).hexdigest()[:8]
        write_safely(target.with_name(f"{target.name}.replaced-{mark}"), present)
    draft = target.with_name(f".{target.name}.part")
    write_safely(draft, content)
    draft.replace(target)
