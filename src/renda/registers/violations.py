"""What a broken rule of the database means, in the office's words."""

from __future__ import annotations

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from renda.registers.register import Register


def explain(error: IntegrityError, register: Register) -> str:
    """The message of the constraint that refused the change, and what to do next."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for model in (register.model, *register.model._meta.get_parent_list(), *_satellites(register)):
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message != constraint.default_violation_error_message:
                reason = _(str(constraint.violation_error_message))
                return _("%(reason)s。请改正后重试，没有任何数据被写入。") % {"reason": reason}
    return _("数据之间有矛盾（%(name)s），没有写入任何数据，请核对后重试。") % {"name": name or _("未命名的约束")}


def _satellites(register: Register) -> list[type[models.Model]]:
    return [relation.related_model for relation in register.model._meta.related_objects]  # type: ignore[misc]
