"""The process that goes through a rehearsal in the data folder that `RENDA_DATA` names; `renda election rehearse` starts it.

One line of JSON on standard output for each thing to tell: ``progress``, ``part``, at the end ``report`` or ``fault``. It ends when its
standard input does: who started it is gone then.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from renda.core.commands import Failure, open_records

_out = sys.stdout


def main(arguments: list[str]) -> int:
    """Rehearse with as many voters and districts as the arguments say; the exit status."""
    voters, districts = (int(text) for text in arguments)
    global _out
    _out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints of its own must not come between the lines
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    try:
        open_records()
        from renda.elections.rehearsal.running import run
        from renda.elections.rehearsal.state import Size

        folder = Path(os.environ["RENDA_DATA"])
        report = run(Size(voters, districts), folder, ended=lambda part: _tell("part", part.as_dict()), told=_progress)
    except Exception as error:
        if os.environ.get("RENDA_DEBUG"):
            traceback.print_exc()
        text = error.format_message() if isinstance(error, Failure) else str(error) or type(error).__name__
        _tell("fault", {"message": text})
        return 1
    _tell("report", report.as_dict())
    return 0


def _end_with_the_caller() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _progress(done: int, total: int, what: str) -> None:
    _tell("progress", {"done": done, "total": total, "what": str(what)})


def _tell(kind: str, value: dict[str, Any]) -> None:
    _out.write(json.dumps({"kind": kind, **value}, ensure_ascii=False, default=str) + "\n")
    _out.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
