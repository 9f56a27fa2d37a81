"""``python -m renda.elections.lists.typesetter``: one document by Typst, in a process of its own, so that what Typst keeps in memory goes with it.

Standard input: a line of JSON (``template``, ``data``) and the bitmaps of the codes; standard output: a line of JSON (``unprintable``
or ``fault``) and the PDF. What the document says of people stays in memory; on disk, for the moment of the run, lie the bitmaps alone.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "typst"
FACES = (
    "SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "AR PL UMing CN", "WenQuanYi Zen Hei", "AR PL UKai CN",
)  # fmt: skip
MEMORY = 1_500 * 2**20
"""Bytes of data that a run may take (fonts are mapped, and not counted)."""
NO_FACE = "no_face"
SIZE = 24


def main() -> None:
    """Set one document."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    head, _line, codes = sys.stdin.buffer.read().partition(b"\n")
    said = json.loads(head)
    answer, pdf = typeset(said["template"], said["data"], codes)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + pdf)


def typeset(template: str, data: dict[str, Any], codes: bytes) -> tuple[dict[str, str], bytes]:
    """What is to be said of the document, and the document."""
    import typst

    fonts = typst.Fonts()
    known = set(fonts.families())
    faces = [face for face in FACES if face in known]
    if not faces:
        return {"fault": NO_FACE}, b""
    given = json.dumps({**data, "faces": faces}, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="renda-typst-") as name:
        root, main_file = Path(name), Path(name) / "main.typ"
        main_file.write_bytes((FOLDER / f"{template}.typ").read_bytes())
        (root / "codes.bin").write_bytes(codes)
        try:
            made = typst.compile(main_file, root=root, sys_inputs={"data": given}, format="pdf", pdf_tags=False, font_paths=fonts)
        except RuntimeError as error:
            return {"fault": str(error)[:500]}, b""
    assert isinstance(made, bytes)
    return {"unprintable": "".join(_unprintable(given, fonts))}, made


def _unprintable(text: str, fonts: Any) -> list[str]:
    """The characters that no installed face has. Those of GB 2312 are in every Chinese face."""
    rare = {char for char in set(text) if ord(char) > 127 and not _common(char)}
    for path, index in sorted({(one.path, one.index) for one in fonts.fonts() if one.path}):
        if not rare:
            break
        rare -= _had(rare, path, index)
    return sorted(rare)


def _common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _had(chars: set[str], path: str, index: int) -> set[str]:
    from PIL import ImageFont

    try:
        face = ImageFont.truetype(path, SIZE, index=index)
    except OSError:
        return set()
    missing = bytes(face.getmask("\U0010fffd"))
    return {char for char in chars if bytes(face.getmask(char)) not in (missing, b"")}


if __name__ == "__main__":
    main()
