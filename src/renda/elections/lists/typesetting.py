"""Posters and cards as PDF: Typst in a child process per part, so that memory stays bounded however many cards there are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.translation import gettext as _

from renda.elections.lists.typesetter import NO_FACE

TIMEOUT = 300.0
"""Seconds that one part may take."""
BORDER = 2
MASK = 3
"""One mask for all codes: choosing the best of eight for each takes eight times as long and reads no better at this size."""
BLACK, WHITE = b"\x00", b"\xff"


class NotSet(RuntimeError):
    """A document could not be set; the message (Chinese) says what happened, why, and what to do next."""


@dataclass(frozen=True)
class Codes:
    """The codes of a document, row by row: ``side`` bytes for each row, ``side`` rows for each code."""

    side: int | None
    bitmaps: bytes


def codes_of(texts: Iterable[str]) -> Codes:
    """QR codes of one size for all texts, with the middle degree of correction; none where a text is empty."""
    wanted = list(texts)
    if not wanted or not all(wanted):
        return Codes(None, b"")
    longest = max(wanted, key=lambda text: len(text.encode()))
    version = segno.make_qr(longest, error="m", mask=MASK, boost_error=False, mode="byte").version
    made = (segno.make_qr(text, error="m", version=version, mask=MASK, boost_error=False, mode="byte") for text in wanted)
    drawn = [b"".join(BLACK if dark else WHITE for dark in row) for one in made for row in one.matrix_iter(border=BORDER)]
    return Codes(len(drawn[0]), b"".join(drawn))


def pdf(template: str, data: Mapping[str, Any], codes: Codes) -> tuple[bytes, str]:
    """The document, and the characters in it that no installed face has. Raises NotSet."""
    head = json.dumps({"template": template, "data": {**data, "code": codes.side}}, ensure_ascii=True).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "renda.elections.lists.typesetter"],
            input=head + b"\n" + codes.bitmaps, capture_output=True, timeout=TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotSet(_("排版用时过长，已停止。请按选区分批制作。")) from error
    said, _line, made = done.stdout.partition(b"\n")
    answer = json.loads(said) if done.returncode == 0 and said else {"fault": done.stderr.decode(errors="replace")[-300:]}
    if answer.get("fault") == NO_FACE:
        raise NotSet(_("本机没有中文字体，不能制作。请管理员安装后再试（Debian、Ubuntu：apt-get install fonts-noto-cjk）。"))
    if "fault" in answer:
        raise NotSet(_("排版没有完成，请将这次制作的编号告诉系统管理员。"))
    return made, str(answer["unprintable"])
