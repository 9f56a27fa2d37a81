"""`./run test [pytest arguments]`: the whole suite, or what the arguments choose, on all cores."""

import os
import subprocess
import sys

import pytest
from tests import chromium


def have_chromium() -> None:
    """Where no Chromium is found, try once to get Playwright's own; the suite says loudly when there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = chromium.find(playwright)
    if found is None:
        sys.stderr.write("没有找到 Chromium，正在下载 Playwright 自带的……\n")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False)


def main(arguments: list[str]) -> int:
    """Run pytest; the cores are shared out unless the arguments say otherwise."""
    have_chromium()
    workers = [] if any(argument.startswith(("-n", "--pdb", "-s")) for argument in arguments) else _workers()
    return int(pytest.main([*workers, *arguments]))


def _workers() -> list[str]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ["-n", str(min(max(cores, 2), 8)), "--dist", "worksteal"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
