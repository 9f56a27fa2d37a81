"""Logs without personal data: JSON lines for machines (default), plain lines at a terminal (`RENDA_LOG=json|text`).

What an error or a library says may quote a record ("Key (name)=(张三) already exists"), a path may name one. So a line holds: our own
words; of other loggers the template without what was put into it, or the place in the source; of an exception its type and the places
it passed, never its message. Requests are named by the pattern of their address, accounts by a keyed digest.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("renda_request_id", default="")
MOST_FRAMES = 15
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_ROOTS = sorted(
    {str(Path(one).resolve()) for one in sys.path if one} | {str(Path(__file__).resolve().parents[2])}, key=len, reverse=True
)


def event(record: logging.LogRecord) -> str:
    """What a line may say of what happened."""
    if _ours(record):
        return record.getMessage()
    if record.name.startswith("django.request") and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])  # "Not Found", "Internal Server Error"; the path comes after it
    action = getattr(record, "action", None)  # procrastinate's own word for it
    if isinstance(action, str):
        return action
    return str(record.msg) if record.args else f"{record.module}.{record.funcName}:{record.lineno}"


def error(record: logging.LogRecord) -> dict[str, Any] | None:
    """Type and places of the exception that a line is about, and of those that it came from."""
    found = record.exc_info[1] if record.exc_info else None
    if found is None:
        return None
    types: list[str] = []
    one: BaseException | None = found
    while one is not None and len(types) < 5:
        types.append(type(one).__name__)
        one = one.__cause__ or one.__context__
    frames = traceback.extract_tb(found.__traceback__)[-MOST_FRAMES:]
    return {"types": types, "at": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]}


def _ours(record: logging.LogRecord) -> bool:
    return record.name == "renda" or record.name.startswith("renda.")


def _short(path: str) -> str:
    root = next((one for one in _ROOTS if path.startswith(one + os.sep)), "")
    return path.removeprefix(root).lstrip(os.sep)


class JsonLines(JsonFormatter):
    """One JSON object a line: at (UTC), level, logger, event, request, error, and what our own loggers add by ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "event": event(record),
        }  # fmt: skip
        if request_id.get():
            said["request"] = request_id.get()
        if _ours(record):
            said |= {name: value for name, value in vars(record).items() if name not in STANDARD}
        fault = error(record)
        return self.serialize_log_record(said | ({"error": fault} if fault else {}))


class PlainLines(logging.Formatter):
    """The same for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, and a line for each place that its exception passed."""
        at = datetime.fromtimestamp(record.created).astimezone()
        line = f"{at:%Y-%m-%d %H:%M:%S} {record.levelname} {record.name}: {event(record)}"
        fault = error(record)
        if fault is None:
            return line
        return "\n".join([f"{line}（{' ← '.join(fault['types'])}）", *(f"    {place}" for place in fault["at"])])


def configuration() -> dict[str, Any]:
    """Django's ``LOGGING``. Each request gives a line in JSON; at a terminal only what went wrong is shown."""
    kind = os.environ.get("RENDA_LOG", "") or ("text" if sys.stderr is not None and sys.stderr.isatty() else "json")
    json = kind != "text"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "renda.core.logs.JsonLines" if json else "renda.core.logs.PlainLines", **({"json_ensure_ascii": False} if json else {})}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "propagate": True},
            "renda.request": {"level": "INFO" if json else "ERROR"},
        },
    }  # fmt: skip
