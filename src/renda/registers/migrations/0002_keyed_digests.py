"""Digests of source rows become keyed, and labels of records can be looked up."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from renda.core import bulk
from renda.core.crypto import keyed_row_digest

BATCH = 10_000


def add_key(apps: Any, schema_editor: Any) -> None:
    """Put the key of the data folder over every digest that stands without one; unchanged rows are still recognised."""
    for model in apps.get_models():
        if "source_digest" in {field.name for field in model._meta.local_concrete_fields}:
            rows = model._base_manager.exclude(source_digest="").order_by("pk").values_list("pk", "source_digest")
            _add_key(model, list(rows))


def _add_key(model: Any, rows: list[tuple[int, str]]) -> None:
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        bulk.update(model, [{"id": pk, "source_digest": keyed_row_digest(plain)} for pk, plain in part], ["source_digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["register", "label"], name="search_entry_label"),
        ),
        migrations.RunPython(add_key, migrations.RunPython.noop),
    ]
