"""A backup while the site runs: of one moment, with every file that its records name. And no folder of data is forgotten."""

from __future__ import annotations

import re
import time
from pathlib import Path

from django.db import connections

from renda.directory.gate import OPERATOR
from renda.files.services import attach
from renda.suggestions.models import Suggestion
from renda.upkeep import backup
from renda.upkeep.layout import KEPT, LEFT_OUT, check
from renda.upkeep.restore import restore
from tests.killing import forked, kill
from tests.upkeep.conftest import SUGGESTIONS, Place, picture

SOURCE = Path(__file__).parents[2] / "src" / "renda"


def test_backups_of_an_office_at_work_are_of_one_moment(here: Place, there: Place, tmp_path: Path) -> None:
    holder = Suggestion.objects.order_by("pk")[0]
    connections.close_all()

    def busy() -> None:
        for n in range(10_000):
            attach(SUGGESTIONS, holder, f"{n}.png", picture(n % 256) + b"%d" % n, actor=OPERATOR)

    pid = forked(busy)
    try:
        time.sleep(0.5)
        made = [backup.make(tmp_path / str(n), keys=tmp_path / "keys").manifest for n in range(3)]
    finally:
        kill(pid)
    pictures = [manifest.tables["files_storedfile"]["rows"] for manifest in made]
    assert pictures[0] < pictures[1] < pictures[2], "the office was at work meanwhile"
    assert [(manifest.missing, manifest.damaged, manifest.journal["fault"]) for manifest in made] == [([], [], None)] * 3
    there.enter()
    assert restore(tmp_path / "2", keys=tmp_path / "keys").records == made[2].records
    names = {name for (name,) in there.query("SELECT digest FROM files_storedfile")}
    assert names <= {path.name for path in (there.folder / "files").rglob("*")}
    check(tmp_path / "0")


def test_no_folder_of_data_is_forgotten() -> None:
    """Whatever the code keeps in the data folder is in backups, or it is said why it is not."""
    place = re.compile(r"""(?:data_folder\(\)|\bDATA\)?|\bhome)\s*/\s*["']([\w.]+)["']""")
    named = {name for file in SOURCE.rglob("*.py") for name in place.findall(file.read_text("utf-8"))}
    assert {"pg", "keys", "files", "imports", "reports"} <= named
    loose = {name for name in named if "." in name}  # single files of the embedded server
    assert loose <= {"pg.lock", "pg.log", "database.json"}
    assert named - loose <= {*KEPT, *LEFT_OUT}
