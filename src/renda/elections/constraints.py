"""What a rule of the database says when it refuses a change that no register makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from renda.registers.violations import words_of


@contextmanager
def said(fault: type[ValueError], models: Iterable[type[Model]]) -> Iterator[None]:
    """Raise ``fault`` with the words of the rule of one of these models that refuses a change."""
    try:
        yield
    except IntegrityError as error:
        words = words_of(error, models)
        raise fault(f"{words}。" if words else _("数据之间有矛盾，没有保存，请核对后重试。")) from error
