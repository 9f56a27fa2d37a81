"""What must hold of stored files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from renda.core.checking import Fault, rule
from renda.files.models import StoredFile
from renda.files.services import path_of

CHUNK = 2000


@rule("files.content", "每个登记的文件都在数据文件夹中，大小和摘要与登记相符")
def content() -> Iterator[Fault]:
    """Files that are missing, or are not what was stored."""
    for one in StoredFile.objects.order_by("pk").iterator(CHUNK):
        path = path_of(one.digest)
        try:
            size = path.stat().st_size
        except OSError:
            yield Fault(f"文件 {one.pk}", "内容不在数据文件夹中，请从备份恢复")
            continue
        if size != one.size:
            yield Fault(f"文件 {one.pk}", f"大小是 {size} 字节，登记的是 {one.size} 字节")
        elif _digest(one) != one.digest:
            yield Fault(f"文件 {one.pk}", "内容与登记的摘要不符，可能被改动")


def _digest(one: StoredFile) -> str:
    with path_of(one.digest).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
