#!/usr/bin/env python3
"""Copies the exact front-end libraries into the source tree, so that a user needs neither Node nor a network.

`dev/vendor.py` fetches the pinned npm packages with `npm pack`, copies the built files and their licences and writes `versions.json` with
the SHA-256 of each file. `dev/vendor.py --check` needs no network: it fails when a vendored file differs from what `versions.json` says.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "renda" / "ui" / "static" / "ui" / "vendor"
PACKAGES: dict[str, dict[str, str]] = {
    "bootstrap@5.3.8": {
        "dist/css/bootstrap.min.css": "bootstrap.min.css",
        "dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
        "LICENSE": "LICENSE.bootstrap",
    },
    "htmx.org@2.0.11": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE.htmx"},
    "echarts@6.1.0": {
        "dist/echarts.common.min.js": "echarts.common.min.js",
        "LICENSE": "LICENSE.echarts",
        "NOTICE": "NOTICE.echarts",
    },
    "bootstrap-icons@1.13.1": {"LICENSE": "LICENSE.bootstrap-icons"},
}
ICONS = [
    "arrow-left",
    "arrow-right",
    "archive",
    "bar-chart-line",
    "bell",
    "box-arrow-right",
    "briefcase",
    "building",
    "calendar3",
    "calendar-event",
    "calendar-heart",
    "camera",
    "check-circle",
    "check2-square",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chat-square-text",
    "circle-half",
    "clipboard-check",
    "clock",
    "clock-history",
    "columns-gap",
    "diagram-3",
    "download",
    "envelope-paper",
    "exclamation-octagon",
    "exclamation-triangle",
    "eye",
    "file-earmark-check",
    "file-earmark-spreadsheet",
    "file-earmark-text",
    "funnel",
    "geo-alt",
    "graph-up",
    "grid",
    "hourglass-split",
    "house",
    "houses",
    "image",
    "images",
    "inbox",
    "info-circle",
    "journal-text",
    "kanban",
    "layout-three-columns",
    "link-45deg",
    "list",
    "list-check",
    "lock",
    "megaphone",
    "mortarboard",
    "paperclip",
    "pencil",
    "people",
    "person",
    "person-badge",
    "person-check",
    "person-vcard",
    "plus-lg",
    "printer",
    "question-circle",
    "search",
    "shield-check",
    "slash-circle",
    "sliders",
    "sort-down",
    "sort-up",
    "stack",
    "table",
    "tag",
    "translate",
    "upload",
    "x-circle",
    "x-lg",
]


def _fetch(package: str, folder: Path) -> Path:
    """Download one npm package by exact version and return the folder it was unpacked to."""
    archive = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    unpacked = folder / package.replace("/", "_")
    with tarfile.open(folder / archive) as tar:
        tar.extractall(unpacked, filter="data")
    return unpacked / "package"


def _copy(source: Path, target: Path) -> None:
    """Copy one file; references to source maps go, since the maps are not shipped and hashed storage would look for them."""
    if target.suffix in {".js", ".css"}:
        text = source.read_text(encoding="utf-8")
        text = re.sub(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$", "\n", text)
        target.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def _sprite(package: Path) -> str:
    """One SVG with a symbol per icon; pages show `<use href="icons.svg#name">`."""
    symbols = []
    for name in sorted(set(ICONS)):
        svg = (package / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"\s+", " ", re.sub(r"^<svg[^>]*>|</svg>\s*$", "", svg.strip())).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16" fill="currentColor">{inner}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _digests() -> dict[str, str]:
    """SHA-256 of every vendored file by name."""
    files = sorted(p for p in TARGET.iterdir() if p.is_file() and p.name != "versions.json")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def vendor() -> None:
    """Renew the whole vendor folder."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        for package, files in PACKAGES.items():
            unpacked = _fetch(package, Path(temporary))
            for source, name in files.items():
                _copy(unpacked / source, TARGET / name)
            if package.startswith("bootstrap-icons@"):
                (TARGET / "icons.svg").write_text(_sprite(unpacked), encoding="utf-8")
    versions = {"packages": sorted(PACKAGES), "icons": sorted(set(ICONS)), "sha256": _digests()}
    (TARGET / "versions.json").write_text(json.dumps(versions, indent=1) + "\n", encoding="utf-8")


def check() -> list[str]:
    """Differences between the vendored files and `versions.json`, as sentences."""
    versions = json.loads((TARGET / "versions.json").read_text(encoding="utf-8"))
    found, wanted = _digests(), versions["sha256"]
    problems = [
        f"{name}: differs from versions.json" for name in sorted(found.keys() | wanted) if found.get(name) != wanted.get(name)
    ]
    if versions["packages"] != sorted(PACKAGES) or versions["icons"] != sorted(set(ICONS)):
        problems.append("versions.json: the pinned packages or icons have changed, run dev/vendor.py")
    return problems


def main() -> int:
    """Renew or check, as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare without fetching")
    if not parser.parse_args().check:
        vendor()
        return 0
    problems = check()
    for problem in problems:
        sys.stderr.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
