"""What a broken rule of the database means, in the office's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from renda.registers.register import Register


def explain(error: IntegrityError, register: Register) -> str:
    """The message of the constraint that refused the change, and what to do next."""
    reason = words_of(error, (register.model, *register.model._meta.get_parent_list(), *_satellites(register)))
    if reason:
        return _("%(reason)s。请改正后重试，没有任何数据被写入。") % {"reason": reason}
    name = _constraint(error) or _("未命名的约束")
    return _("数据之间有矛盾（%(name)s），没有写入任何数据，请核对后重试。") % {"name": name}


def words_of(error: IntegrityError, several: Iterable[type[models.Model]]) -> str:
    """What the constraint says that refused the change, where one of these models has it and it has words of its own; else empty."""
    name = _constraint(error)
    for model in several:
        for one in model._meta.constraints:
            if one.name == name and one.violation_error_message != one.default_violation_error_message:
                return _(str(one.violation_error_message))
    return ""


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _satellites(register: Register) -> list[type[models.Model]]:
    return [relation.related_model for relation in register.model._meta.related_objects]  # type: ignore[misc]
