"""Drawn pictures in the place of photographs: simple landscapes and meetings, attached to activities and projects."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from random import Random

from PIL import Image, ImageDraw

from renda.directory.gate import OPERATOR
from renda.files.models import Attachment
from renda.files.services import attach
from renda.registers import registry

SIZE = (960, 600)
SHARES = (
    ("deputies.activities", 24),
    ("supervision.visits", 10),
    ("projects.micro", 14),
    ("stations.receptions", 6),
    ("meetings.meetings", 6),
)
HILLS = ("#6E8B5B", "#8BA872", "#A9BF8A", "#4F6F52")
CLOTHES = ("#37474F", "#5D4037", "#2E4A62", "#6B3A3A", "#4A5D3A", "#7A6A4F")


def landscape(rng: Random) -> bytes:
    """Hills, a river and some houses, as PNG."""
    picture = Image.new("RGB", SIZE, "#DCE9F0")
    draw = ImageDraw.Draw(picture)
    sun = rng.randint(100, 860)
    draw.ellipse((sun - 40, 60, sun + 40, 140), fill="#F4D58D")
    for layer, colour in enumerate(HILLS):
        base = 260 + layer * 75
        peaks = [(x, base + rng.randint(-60, 40)) for x in range(-80, 1100, 120)]
        draw.polygon([(-80, 600), *peaks, (1100, 600)], fill=colour)
    river = rng.randint(200, 700)
    draw.polygon([(river, 420), (river + 40, 420), (river + 190, 600), (river - 60, 600)], fill="#9CC3D5")
    for _ in range(rng.randint(3, 7)):
        x, y = rng.randint(40, 860), rng.randint(430, 540)
        draw.rectangle((x, y, x + 56, y + 36), fill="#F5EFE6")
        draw.polygon([(x - 8, y), (x + 28, y - 26), (x + 64, y)], fill="#8C3B3B")
    return _bytes(picture, "PNG")


def meeting(rng: Random) -> bytes:
    """A room with a long table and people round it, as JPEG."""
    picture = Image.new("RGB", SIZE, "#EFE9DF")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 960, 90), fill="#A61B29")
    for x in range(150, 810, 60):
        draw.rectangle((x, 35, x + 38, 55), fill="#F6E7C8")
    draw.rectangle((0, 470, 960, 600), fill="#D8CBB8")
    for x in range(90, 880, rng.randint(78, 96)):
        top = 220 + rng.randint(-10, 10)
        draw.ellipse((x, top, x + 52, top + 56), fill="#E8C9A8")
        draw.rounded_rectangle((x - 18, top + 54, x + 70, 430), 24, fill=rng.choice(CLOTHES))
    draw.rectangle((40, 380, 920, 480), fill="#8D6748")
    return _bytes(picture, "JPEG")


def _bytes(picture: Image.Image, form: str) -> bytes:
    content = io.BytesIO()
    picture.save(content, form, quality=82, optimize=False)
    return content.getvalue()


def attach_pictures(say: Callable[[str], None], batches: Collection[int]) -> int:
    """Attach a picture to some of the records that the demo's imports (``batches``) brought; returns how many are new.

    Records that have a picture, or had one, are left alone: a run that was interrupted is taken up again, and what users did stays.
    """
    count = 0
    for code, share in SHARES:
        register = registry.get(code)
        holders = list(register.model._default_manager.filter(**register.fixed, import_batch__in=batches).order_by("pk"))
        held = set(Attachment.objects.filter(register=code).values_list("record_id", flat=True))
        for place, holder in enumerate(holders[:: max(1, len(holders) // share)][:share]):
            if holder.pk in held or holder.voided_at:
                continue
            rng = Random(f"{code}/{place}")
            indoor = code in ("stations.receptions", "meetings.meetings") or rng.random() < 0.4
            content = meeting(rng) if indoor else landscape(rng)
            attach(code, holder, f"现场照片.{'jpg' if indoor else 'png'}", content, actor=OPERATOR)
            count += 1
    if count:
        say(f"已附上 {count} 张图片（绘制）")
    return count
