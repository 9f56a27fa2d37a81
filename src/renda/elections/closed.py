"""An election whose file is closed takes no change any more."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from renda.elections.models import Election


def require_open(election: Election) -> None:
    """Refuse a change to an election whose file is closed. PermissionDenied."""
    if election.frozen_at:
        raise PermissionDenied(_("“%(election)s”的档案已经封存，内容不能再改。") % {"election": election})
