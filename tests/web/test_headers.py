"""What every answer carries, and what no template may: scripts and styles stand in files of this site, nowhere in a page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

import renda
from tests.office import Office

TEMPLATES = sorted(Path(renda.__file__).parent.rglob("templates/**/*.html"))
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a handler in the page": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an address elsewhere": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}


def test_no_template_has_anything_inline() -> None:
    assert len(TEMPLATES) > 60
    faults = [
        f"{path.relative_to(Path(renda.__file__).parent)}: {what}"
        for path in TEMPLATES
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text("utf-8"))
    ]
    assert faults == []


def test_every_form_that_changes_something_carries_its_token() -> None:
    form = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
    without = [str(path) for path in TEMPLATES for body in form.findall(path.read_text("utf-8")) if "csrf_token" not in body]
    assert without == []


@pytest.mark.parametrize(
    "page", ["/login/", "/", "/no/such/", "/suggestions/suggestions/", "/search/?q=<script>alert(1)</script>"]
)
def test_every_answer_is_closed_to_foreign_content(office: Office, as_role: Callable[[str], Client], page: str) -> None:
    answer = as_role("clerk").get(page)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for part in ("object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert b"<script>alert(1)" not in answer.content


def test_a_forged_form_is_refused(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.accounts["clerk"])
    for page in ("/hat/", "/sign-out/", "/me/sessions/", "/suggestions/suggestions/new/"):
        answer = client.post(page)
        assert answer.status_code == 403, page
        assert "页面已过期" in answer.content.decode()


def test_cookies_are_closed_to_scripts_and_other_sites() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
