"""What can decide at the gate, each with one sentence. The gate finds the reason; nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy


class Because(StrEnum):
    """What decided."""

    PLATFORM = "platform"
    NO_PLATFORM = "no_platform"
    ROOM = "room"
    NO_ROOM = "no_room"
    NO_ACTION = "no_action"
    NO_VIEW = "no_view"
    RECORD = "record"
    VOIDED = "voided"
    HIDDEN = "hidden"
    GONE = "gone"
    ELSEWHERE = "elsewhere"
    NOT_OPEN = "not_open"
    NOT_ITS_ORGAN = "not_its_organ"
    NOT_ITS_PERSON = "not_its_person"
    CLOSED = "closed"


ALLOWING = frozenset({Because.PLATFORM, Because.ROOM, Because.RECORD})
WORDS = {
    Because.PLATFORM: gettext_lazy("角色有这项平台权限。"),
    Because.NO_PLATFORM: gettext_lazy("角色没有这项平台权限。"),
    Because.ROOM: gettext_lazy("角色对这类台账有这项权限；具体到每一条，还要看区划、单位和本人。"),
    Because.NO_ROOM: gettext_lazy("角色不能打开这类台账。"),
    Because.NO_ACTION: gettext_lazy("角色可以打开这类台账，但没有这项权限。"),
    Because.NO_VIEW: gettext_lazy("角色不能查看这类台账，因此也不能办理其中的记录。"),
    Because.RECORD: gettext_lazy("角色有这项权限，记录也在其区划、单位或本人的范围内。"),
    Because.VOIDED: gettext_lazy("记录已作废，任何人都不能再修改、作废或查看其保密内容。"),
    Because.HIDDEN: gettext_lazy("记录不在查看范围内。"),
    Because.GONE: gettext_lazy("没有这条记录。"),
    Because.ELSEWHERE: gettext_lazy("角色有这项权限，但记录属于其区划范围以外的区划。"),
    Because.NOT_OPEN: gettext_lazy("这类记录要到印发或公开以后，这个角色才能查看。"),
    Because.NOT_ITS_ORGAN: gettext_lazy("角色只看到与本单位有关的记录，这条记录与其单位无关，或者身份没有填单位。"),
    Because.NOT_ITS_PERSON: gettext_lazy("角色只看到与本人有关的记录，这条记录与其本人无关，或者账号没有对应到名录中的人。"),
    Because.CLOSED: gettext_lazy("记录依法对这个单位保密，例如被反映的单位不得查看反映人的信访事项。"),
}


@dataclass(frozen=True)
class Reason:
    """The gate's answer with what decided it."""

    allowed: bool
    because: Because

    @property
    def words(self) -> str:
        """One sentence in the reader's language."""
        return str(WORDS[self.because])
