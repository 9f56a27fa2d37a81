"""What must hold of stored files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag

from renda.core.checking import Fault, rule
from renda.files import sealing
from renda.files.models import Attachment, StoredFile
from renda.files.services import path_of

CHUNK = 2000


@rule("files.content", "每个登记的文件都在数据文件夹中，大小和摘要与登记相符，加密的能用登记的密钥打开")
def content() -> Iterator[Fault]:
    """Files that are missing, or are not what was stored."""
    for one in StoredFile.objects.order_by("pk").iterator(CHUNK):
        wrong = _wrong(one)
        if wrong:
            yield Fault(f"文件 {one.pk}", wrong)


def _wrong(one: StoredFile) -> str:
    try:
        held = path_of(one.digest).read_bytes()
    except OSError:
        return "内容不在数据文件夹中，请从备份恢复"
    if len(held) != one.size:
        return f"大小是 {len(held)} 字节，登记的是 {one.size} 字节"
    if hashlib.sha256(held).hexdigest() != one.digest:
        return "内容与登记的摘要不符，可能被改动"
    return _not_opened(one, held) if one.seal else ""


def _not_opened(one: StoredFile, held: bytes) -> str:
    try:
        plain = sealing.unseal(held, str(one.seal))
    except (InvalidTag, ValueError):
        return "登记的密钥打不开内容，请从备份恢复密钥和数据库"
    return "" if sealing.mark(plain, str(one.seal)) == one.mark else "内容与登记的特征不符"


@rule("files.sealed", "记录的附件都加密保存（升级前上传的可用 renda files seal 加密）")
def sealed() -> Iterator[Fault]:
    """Attachments whose content lies on disk in plain."""
    for row in Attachment.objects.filter(file__mark="").order_by("pk").iterator(CHUNK):
        yield Fault(f"附件 {row.pk}", "内容没有加密，请运行 renda files seal")
