"""What the gate is told of reviews, which parameters of the law they use, and how the calendar finds the act. Called once, at start."""

from __future__ import annotations

from django.db.models import Max

from renda.directory import gate
from renda.directory.gate import Access
from renda.elections.models import Elected, Election, QualificationReview
from renda.elections.schedule.recorded import REVIEW, Known, recorded
from renda.law import uses

USED = {
    "换届选举：代表资格审查": ("elec.review.body", "elec.review.scope", "elec.review.decider", "elec.review.publish", "elec.review.defer"),
    "换届选举：不得兼任两地代表": ("elec.cand.two_areas",),
    "换届选举：任期起止": ("elec.term",),
}  # fmt: skip


def declare() -> None:
    """Reviews are open to whoever sees elections."""
    gate.declare(QualificationReview, Access("elections", open_to_bound=True))
    for where, keys in USED.items():
        for key in keys:
            uses.declare("rule", where, key)
    recorded(REVIEW)(reviewed)


def reviewed(election: Election) -> Known | None:
    """The day on which the last of those elected was decided on; None while somebody waits."""
    decided = QualificationReview.objects.filter(election=election).exclude(decision="")
    elected = Elected.objects.alive().filter(election=election).count()
    if not elected or decided.count() < elected:
        return None
    return Known(decided.aggregate(last=Max("decided_on"))["last"])
