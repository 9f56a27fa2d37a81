"""A roll as a workbook: one sheet per district, without identity numbers; with them only for who may unmask, for a reason."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election, Voter
from renda.elections.roll.listing import Asked, selected
from renda.elections.roll.services import MOST_REASON, Refused
from renda.journal.services import Line, change, record
from renda.ledgers.sheets import Book
from renda.ui.words import said

HEADINGS = ("姓名", "性别", "选民小组", "登记状态", "未列入原因", "登记缘由", "户籍所在地")
SECRET_HEADINGS = ("身份证号", "联系电话", "住址")


def export(election: Election, asked: Asked, *, actor: Actor, reason: str = "") -> tuple[bytes, int]:
    """The workbook and how many people it has. With a reason it holds numbers, telephones and addresses in full: asked of the gate, and
    journalled. Raises PermissionDenied and Refused."""
    gate.require(actor, roles.EXPORT, Voter)
    clean = " ".join(reason.split())[:MOST_REASON]
    if reason and not clean:
        raise Refused(_("请写明导出的事由，事由将记入日志。"))
    if clean:
        gate.require(actor, roles.REVEAL, Voter)
    held = io.BytesIO()
    with change():
        count = _write(held, _rows(election, asked, actor), bool(clean))
        action = "secret.exported" if clean else "list.exported"
        payload = {"rows": count, **({"reason": clean, "column": "、".join(SECRET_HEADINGS)} if clean else {})}
        record(Line(str(actor), action, "elections.elections", election.pk, election.name, payload))
    return held.getvalue(), count


def _rows(election: Election, asked: Asked, actor: Actor) -> Iterator[Voter]:
    rows = selected(election, asked, actor).select_related("district", "group")
    return rows.order_by("district__division__path", "district__code", "district_id", "group_id", "name", "pk").iterator(
        chunk_size=5_000
    )


def _write(target: io.BytesIO, rows: Iterator[Voter], secret: bool) -> int:
    headings = (*HEADINGS, *SECRET_HEADINGS) if secret else HEADINGS
    count = 0
    with Book(target) as book:  # type: ignore[arg-type]
        for place, (district, voters) in enumerate(groupby(rows, lambda one: one.district)):
            sheet = book.sheet(f"{place + 1}.{district.name if district else _('待划入选区')}")
            for column, text in enumerate(headings):
                sheet.write_string(0, column, text, book.heading)
                sheet.set_column(column, column, 18)
            sheet.freeze_panes(1, 1)
            for line, voter in enumerate(voters, 1):
                count += 1
                for column, value in enumerate(_cells(voter, secret)):
                    book.put(sheet, line, column, value, text=True)
        if not count:
            book.sheet(_("没有选民"))
    return count


def _cells(voter: Voter, secret: bool) -> list[str]:
    shown = [
        voter.name, said(voter.get_sex_display()), voter.group.name if voter.group else "", said(voter.get_state_display()),
        said(voter.get_why_off_display()) if voter.why_off else "", said(voter.get_entry_display()) if voter.entry else "", voter.household_at,
    ]  # fmt: skip
    return [*shown, str(voter.identity_number), str(voter.phone), str(voter.address)] if secret else shown
