"""Searching a roll for people who may stand on it twice, and what clerks decide about the pairs.

The numbers are decrypted in memory for the search; what is kept of a pair is which two entries it is and why, never a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.core.text import mask_name
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Hat
from renda.elections.models import DuplicateSearch, Election, Likeness, LikenessVerdict, RollState, Voter, WhyOff, WorkState
from renda.elections.roll import services
from renda.elections.roll.services import Refused
from renda.jobs.running import Running
from renda.journal.services import Line, change, record

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 20_000
HOMONYM = "homonym"
SEARCHED = (RollState.REGISTERED, RollState.REVIEW)


@dataclass(frozen=True)
class Found:
    """What a search found: pairs that are likely one person, homonyms and twins apart, and how many nobody had seen before."""

    voters: int
    likely: int
    homonyms: int
    new: int

    def as_dict(self) -> dict[str, int]:
        """Plain numbers."""
        return dict(vars(self))


def start(election: Election, *, hat: Hat) -> DuplicateSearch:
    """Have a roll searched in the background."""
    actor = gate.actor_of(hat)
    gate.require(actor, roles.CREATE, DuplicateSearch)
    from renda.elections import tasks

    with change():
        made = DuplicateSearch.objects.create(election=election, account_id=actor.account_id, actor=str(actor))
        record(Line(str(actor), "roll.searched", "elections.elections", election.pk, election.name, {}))
        tasks.roll_search.defer(search_id=made.pk)
    return made


def run(pk: int) -> None:
    """The background part."""
    with Running(DuplicateSearch, pk) as running:
        one = (
            DuplicateSearch.objects.filter(pk=pk, state__in=(WorkState.QUEUED, WorkState.RUNNING))
            .select_related("election")
            .first()
        )
        if one is None or not running.taken:
            return
        DuplicateSearch.objects.filter(pk=pk).update(state=WorkState.RUNNING)
        try:
            found = search(one.election, running.report)
        except Exception:
            message = _("系统出错，查重没有完成。请重试；如果仍然出错，请告诉系统管理员。")
            DuplicateSearch.objects.filter(pk=pk).update(state=WorkState.FAILED, message=message, ended_at=clock.now())
            raise
        DuplicateSearch.objects.filter(pk=pk).update(state=WorkState.DONE, report=found.as_dict(), ended_at=clock.now())


def search(election: Election, progress: Any = None) -> Found:
    """Search now, and keep the pairs: new ones are asked about, decided ones stay decided, open ones that are none any more go."""
    from renda.elections.matching import find

    frame = _frame(election, progress)
    pairs = find(frame).to_pylist()
    rows = [_row(election, pair) for pair in pairs]
    with change():
        open_ones = Likeness.objects.filter(election=election, verdict=LikenessVerdict.OPEN)
        known = set(
            Likeness.objects.filter(election=election).exclude(verdict=LikenessVerdict.OPEN).values_list("first_id", "second_id")
        )
        before = set(open_ones.values_list("first_id", "second_id"))
        open_ones.delete()
        fresh = [row for row in rows if (row["first_id"], row["second_id"]) not in known]
        bulk.insert(Likeness, fresh)
    new = sum((row["first_id"], row["second_id"]) not in before for row in fresh)
    likely = sum(not row["homonym"] for row in rows)
    return Found(frame.num_rows, likely, len(rows) - likely, new)


def _row(election: Election, pair: Mapping[str, Any]) -> dict[str, Any]:
    first, second = sorted((pair["a"], pair["b"]))
    evidence = [code for code in str(pair["evidence"] or "").split(",") if code]
    return {
        "election_id": election.pk, "first_id": first, "second_id": second, "rule": str(pair["rule"]), "score": float(pair["score"]),
        "evidence": evidence, "homonym": pair["listing"] == HOMONYM, "verdict": "", "decided_by": "", "decided_at": None,
    }  # fmt: skip


def _frame(election: Election, progress: Any) -> pa.Table:
    """The roll in memory, numbers decrypted."""
    import pyarrow as pa

    parts = []
    for done, columns in _columns(election):
        parts.append(pa.table(columns))
        if progress is not None:
            progress(done, 0, _("读取登记册"))
    if not parts:
        parts = [
            pa.table(
                {
                    name: pa.array([], kind)
                    for name, kind in (("voter_id", pa.int64()), ("name", pa.string()), ("number", pa.string()))
                }
            )
        ]
    return pa.concat_tables(parts)


def _columns(election: Election) -> Iterator[tuple[int, dict[str, list[Any]]]]:
    names = ("pk", "name", "identity_number", "birth_date", "sex", "address", "district_id")
    rows = Voter.objects.filter(election=election, state__in=SEARCHED).order_by("pk").values_list(*names)
    done, last = 0, 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last, done = chunk[-1][0], done + len(chunk)
        ids, called, numbers, births, sexes, addresses, districts = (list(column) for column in zip(*chunk, strict=True))
        yield done, {
            "voter_id": ids, "name": called, "number": numbers, "birth": births, "sex": sexes, "address": addresses, "district": districts,
        }  # fmt: skip


def decide(pk: int, verdict: str, *, stays: int | None = None, actor: Actor) -> None:
    """Say what a pair is: two people (not asked again), or one, of which the entry ``stays`` is kept and the other taken off as a
    duplicate. Raises PermissionDenied, and Refused where somebody decided before or the entry is none of the pair."""
    gate.require(actor, roles.EDIT, Likeness)
    with change():
        found = gate.visible_to(actor, Likeness.objects.all()).filter(pk=pk).first()
        one = Likeness.objects.select_for_update(of=("self",)).filter(pk=found.pk).first() if found else None
        if one is None or one.verdict:
            raise Refused(_("这一对已经有了结论，或者已不在名单上。请刷新后查看。"))
        if verdict not in (LikenessVerdict.SAME, LikenessVerdict.DIFFERENT):
            raise Refused(_("请选择是同一人还是不同的人。"))
        pair = {one.first_id: one.second_id, one.second_id: one.first_id}
        if verdict == LikenessVerdict.SAME:
            if stays not in pair:
                raise Refused(_("请选择保留哪一条登记。"))
            services.put_off(
                [pair[stays]], WhyOff.DUPLICATE, reason=_("查重：与登记编号 %(n)s 为同一人") % {"n": stays}, actor=actor
            )
        one.verdict, one.decided_by, one.decided_at = verdict, str(actor), clock.now()
        one.save(update_fields=["verdict", "decided_by", "decided_at"])
        names = [mask_name(name) for name in Voter.objects.filter(pk__in=pair).order_by("pk").values_list("name", flat=True)]
        payload = {"first": one.first_id, "second": one.second_id, "verdict": verdict, "stays": stays}
        record(Line(str(actor), "voter.likeness", services.KIND, one.first_id, "、".join(names), payload))


def waiting(election: Election) -> dict[str, int]:
    """How many pairs wait: likely ones, and homonyms apart. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE NOT homonym), count(*) FILTER (WHERE homonym) FROM elections_likeness "
            "WHERE election_id = %s AND verdict = ''", [election.pk],
        )  # fmt: skip
        likely, homonyms = cursor.fetchone()
    return {"likely": likely, "homonyms": homonyms}
