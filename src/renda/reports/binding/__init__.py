"""From what a text counts to what the platform can count: bindings, their answers.

The table beside this module says, for each reference of the list of indicators, which of the platform's own indicators a figure
means, by its measure word, form, breakdown and words. What the table cannot decide stays open with a reason that says between what.
"""

from .choose import Bound, bind
from .sentence import sentence

__all__ = ["Bound", "bind", "sentence"]
