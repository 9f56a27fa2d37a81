"""Uploaded lists in the data folder: sealed, each import under a key of its own, and removed when it is written or given up.

roll/<import>/1, 2, …      what was uploaded
roll/<import>/rejects      the rows that were not taken, with masked numbers
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from renda.core.datafolder import private_folder
from renda.files import sealing

FOLDER = "roll"
REJECTS = "rejects"


def folder_of(pk: int) -> Path:
    """Where the files of an import lie."""
    return Path(settings.DATA) / FOLDER / str(pk)


def keep(pk: int, name: str, content: bytes) -> str:
    """Keep content sealed under a name of our own; returns its key."""
    sealed, key = sealing.seal(content)
    target = private_folder(folder_of(pk)) / name
    target.touch(mode=0o600)
    target.write_bytes(sealed)
    return key


def content_of(pk: int, name: str, key: str) -> bytes:
    """The content again. FileNotFoundError where it is gone."""
    return sealing.unseal((folder_of(pk) / name).read_bytes(), key)


def has_rejects(pk: int) -> bool:
    """Whether rows came back."""
    return (folder_of(pk) / REJECTS).is_file()


def forget(pk: int, *, rejects_too: bool = True) -> None:
    """Remove what was uploaded, and the rejected rows where they are to go too."""
    if rejects_too:
        shutil.rmtree(folder_of(pk), ignore_errors=True)
        return
    for path in folder_of(pk).glob("*"):
        if path.name != REJECTS:
            path.unlink(missing_ok=True)
