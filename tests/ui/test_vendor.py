"""The vendored files are what their list says, and no page part reaches outside or holds inline code."""

import re
import subprocess
import sys
from pathlib import Path

import renda

ROOT = Path(renda.__file__).parent


def test_vendored_files_are_unchanged() -> None:
    script = ROOT.parent.parent / "dev" / "vendor.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0


def test_templates_have_no_inline_code_and_no_foreign_address() -> None:
    faults = []
    for template in ROOT.glob("*/templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        found = re.findall(
            r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:|(?:src|href|action)=\"(?:https?:)?//", text
        )
        faults += [f"{template}: {one}" for one in found]
    assert faults == []


def test_every_icon_that_a_template_asks_for_is_in_the_sprite() -> None:
    sprite = (ROOT / "ui/static/ui/vendor/icons.svg").read_text()
    wanted = {
        name
        for t in ROOT.glob("*/templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z0-9-]+)"', t.read_text(encoding="utf-8"))
    }
    assert wanted
    assert {name for name in wanted if f'id="{name}"' not in sprite} == set()
