"""Finding a Chromium, and watching what its pages do."""

import os
import shutil
from pathlib import Path
from typing import Any

MISSING = "no Chromium found: install the system package `chromium`, or run `playwright install chromium`"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find(playwright: Any) -> Path | None:
    """`RENDA_CHROMIUM`, else the system's, else Playwright's own."""
    named = os.environ.get("RENDA_CHROMIUM")
    if named:
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


class Watch:
    """Collects what a page must not do: requests to other sites, script errors, breaches of the security policy."""

    def __init__(self, page: Any, site: str) -> None:
        self.page = page
        self.site = site
        self.faults: list[str] = []
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.faults.append(f"script error on {page.url}: {error}"))
        page.on("console", self._console)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"request to another site: {request.url}")

    def _console(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(f"breach of the security policy on {self.page.url}: {message.text}")
