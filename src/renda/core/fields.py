"""Model fields for personal values: encrypted at rest, found by a keyed hash."""

from __future__ import annotations

from typing import Any

from django.db import models

from renda.core import crypto


class EncryptedTextField(models.BinaryField):
    """A text that is encrypted in the database and plain in memory only. Empty text is stored as NULL."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(crypto.encrypt(value) if value else None, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return "" if value is None else crypto.decrypt(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return ""

    def get_default(self) -> str:
        return ""


class KeyedHashField(models.BinaryField):
    """The keyed hash of another field of the same model, kept in step by every way of writing."""

    def __init__(self, source: str = "", *args: Any, **kwargs: Any) -> None:
        self.source = source
        kwargs.update(null=True, blank=True, editable=False, max_length=32)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("null", "blank", "editable", "max_length"):
            kwargs.pop(key, None)
        return name, path, list(args), {"source": self.source, **kwargs}

    def derive(self, plain: str | None) -> bytes | None:
        """The hash to store for the plain value."""
        return crypto.keyed_hash(plain) if plain else None

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = self.derive(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value
