"""Who may not vote is told from namesakes by the keyed digest of the identity number, a part of the record's key from now on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from renda.core import bulk
from renda.core.crypto import keyed_digest

BATCH = 10_000


def with_number(apps: Any, schema_editor: Any) -> None:
    """Give each record the key that its ledger finds it by: name, number, kind, first day. Keys of other forms stay as they are."""
    model = apps.get_model("elections", "Barred")
    rows = list(model.objects.order_by("pk").only("pk", "natural_key", "name", "kind", "since", "identity_number"))
    changed = [
        {"id": one.pk, "natural_key": "\x1f".join((one.name, keyed_digest(one.identity_number), one.kind, one.since.isoformat()))}
        for one in rows
        if one.natural_key == "\x1f".join((one.name, one.kind, one.since.isoformat()))
    ]
    for start in range(0, len(changed), BATCH):
        bulk.update(model, changed[start : start + BATCH], ["natural_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0011_roll_references"),
    ]

    operations = [
        migrations.RunPython(with_number, migrations.RunPython.noop),
    ]
