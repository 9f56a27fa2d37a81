"""What every test may ask for: the database, a live site, a real Chromium."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase
from django.utils import translation

from tests import chromium, database

KEY = pytest.StashKey[contextlib.ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Hold the test cluster for as long as this process runs tests."""
    stack = contextlib.ExitStack()
    stack.enter_context(database.shared_cluster())
    config.stash[KEY] = stack


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the cluster go."""
    config.stash[KEY].close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that ask for a page are browser tests, whether they say so or not."""
    for item in items:
        if {"page", "open_page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly that browser tests did not run."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if chromium.MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{len(skipped)} tests: {chromium.MISSING}")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this worker's own, copied from the migrated template."""
    with django_db_blocker.unblock():
        database.prepare()
    yield
    with django_db_blocker.unblock():
        database.discard()


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Every test begins in Chinese: a request in English leaves its language to the thread."""
    with translation.override("zh-hans"):
        yield


def _fresh_database(self: TransactionTestCase) -> None:
    """After a test that really committed: a new copy, which holds what migrations put in (truncating would lose it)."""
    database.fresh()


TransactionTestCase._fixture_teardown = _fresh_database  # type: ignore[method-assign]


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own, without `DATABASE_URL`: for tests of commands and of the embedded server."""
    folder = tmp_path / "data"
    monkeypatch.setenv("RENDA_DATA", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "renda.settings")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium.find(playwright)
        if path is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium.MISSING)
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chrome = playwright.chromium.launch(executable_path=str(path), args=[*arguments, "--disable-dev-shm-usage"])
        yield chrome
        chrome.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open pages on the live site: `open_page(width=1366, height=768, language="zh-hans", **context_options)`.

    When the test ends, every page must have asked this site alone, and met no script error and no breach of the security policy.
    """
    watched: list[chromium.Watch] = []

    def opener(*, width: int = 1366, height: int = 768, language: str = "zh-hans", **options: Any) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": "renda_language", "value": language, "url": live_server.url}])
        page = context.new_page()
        watched.append(chromium.Watch(page, live_server.url))
        return page

    yield opener
    for watch in watched:
        watch.page.context.close()
    faults = [fault for watch in watched for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A page of 1366 × 768 in Chinese on the live site."""
    return open_page()
