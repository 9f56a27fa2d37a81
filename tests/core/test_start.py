"""What starts with every command that reads records: no library that only pages, papers, spreadsheets or drawings need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = {
    "renda", "django", "asgiref", "sqlparse", "django_htmx",  # the framework and its apps
    "psycopg", "psycopg_binary", "typing_extensions", "cython_runtime",  # the database
    "procrastinate", "psycopg_pool", "attr", "attrs", "croniter", "dateutil", "six", "packaging", "pytz", "tzlocal",  # background work: an app too
    "cryptography", "yaml", "pythonjsonlogger", "click",  # personal values, the law's texts, logs, the command line
}  # fmt: skip
PAGES = (
    "django.contrib.admin",
    "django.test",
    "renda.web.urls",
    "renda.ui.views",
    "renda.documents.rendering",
    "renda.ledgers.importing",
)
LISTED = "import json, sys; json.dump(sorted(sys.modules), sys.stdout)"
SET_UP = "import django; django.setup()"
WITHOUT_RECORDS = (["--help"], ["law", "show", "pet.handle"], ["law", "due", "pet.handle", "--from", "2021-03-05"], ["law", "list"],
                   ["election", "quota", "--level", "county", "--population", "354999"])  # fmt: skip
COMMANDS = ("renda.figures.cli", "renda.figures.answering", "renda.figures.evaluate", "renda.lawbook.cli")


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has after running the code."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{LISTED}"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.fixture
def bare(data_folder: Path) -> set[str]:
    """What an interpreter brings by itself (tools for coverage and editable installs may hook into it)."""
    return loaded("")


@pytest.mark.parametrize("module", COMMANDS)
def test_a_command_on_records_starts_with_what_it_needs(module: str, bare: set[str]) -> None:
    modules = loaded(f"{SET_UP}; import {module}") - bare
    others = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - NEEDED
    assert not {name for name in others if not name.startswith("_")}
    assert not modules & set(PAGES)


def test_the_list_of_what_is_needed_has_nothing_that_no_command_loads(bare: set[str]) -> None:
    modules = loaded(f"{SET_UP}; import renda.figures.cli")
    tops = {name.partition(".")[0] for name in modules}
    assert tops >= NEEDED - {
        "attrs",
        "cython_runtime",
        "six",
        "packaging",
        "pytz",
        "tzlocal",
        "typing_extensions",
        "psycopg_binary",
    }


@pytest.mark.parametrize("arguments", WITHOUT_RECORDS, ids=" ".join)
def test_a_command_that_needs_no_records_loads_neither_framework_nor_database(arguments: list[str], data_folder: Path) -> None:
    code = f"import contextlib, io, sys\nfrom renda.cli import cli\nwith contextlib.redirect_stdout(io.StringIO()):\n    cli.main({arguments}, standalone_mode=False)"
    tops = {name.partition(".")[0] for name in loaded(code)}
    assert "click" in tops
    assert not tops & {"django", "psycopg", "procrastinate", "polars", "numpy", "docx", "openpyxl"}
