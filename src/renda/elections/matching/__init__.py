"""Near duplicates on a roll: preparation, rules as portable SQL, the engines that run them, and keyed tokens between counties.

Plain Python beside ``roll``, which alone knows the database. Numbers and names stand in memory only: no engine may spill to disk in plain.
See ``docs/scale.md``.
"""

from __future__ import annotations

from renda.elections.matching.duck import find
from renda.elections.matching.prepare import prepare

__all__ = ["find", "prepare"]
