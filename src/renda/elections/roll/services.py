"""Every change of a roll by hand: a person entered, put into or out of a district, taken off, put back, corrected, unmasked.

One transaction each, with its journal entries; the gate first; voters locked in key order. While an import puts the same people on the
roll nobody waits for it: the change is refused with that reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection
from django.utils.translation import gettext as _

from renda.core import bulk, cells, clock
from renda.core.cells import CellError
from renda.core.crypto import keyed_digest
from renda.core.text import mask_name
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.closed import require_open
from renda.elections.models import Election, ElectoralDistrict, Entry, RollState, Source, Voter, VoterGroup, WhyOff
from renda.elections.roll import entering
from renda.elections.roll.entering import Entered, Refused
from renda.elections.roll.places import own_districts
from renda.journal.services import Line, change, record

__all__ = [
    "Entered", "Refused", "by_matter", "correct", "enter", "hand_in", "move", "put_off", "put_on", "reveal",
]  # fmt: skip
KIND = "elections.voter"
PATIENCE_MS = 700
"""How long a change waits for an import that is writing: nobody waits for a second."""
PERSONAL = ("identity_number", "phone", "address", "name", "note")
TOLD_BY_MATTER = ("state", "why_off", "district_id")
"""What the journal tells of a change that a matter's step makes; names are not told."""
MOST_REASON = 200
PUBLIC = "选民本人（网上登记）"


@contextmanager
def changing() -> Iterator[None]:
    """One change of the roll. Raises Refused where an import holds what is to be changed, or somebody was first."""
    try:
        with change():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE_MS}ms"])
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
            raise
        raise Refused(_("正在导入名单，其中有此人，暂时不能修改。请等导入完成后再试。")) from error
    except IntegrityError as error:
        if "voter_once" not in str(error):
            raise
        raise Refused(_("此人刚由他人登记到这次选举的登记册上，请按身份证号查找。")) from error


def enter(entered: Entered, *, actor: Actor) -> Voter:
    """Enter one person by hand, registered in a district. Somebody who waits in the pool is taken into it.

    Raises PermissionDenied, and Refused with the article where the person may not be registered or stands on the roll already.
    """
    gate.require(actor, roles.CREATE, Voter)
    require_open(entered.election)
    _own(actor, entered.election, entered.district)
    entering.check(entered)
    with changing():
        held = entering.held(entered)
        if held is not None:
            return _take(held, entered, actor)
        made = entering.insert(entered, RollState.REGISTERED, Source.CLERK)
        record(
            _line(
                actor,
                "voter.entered",
                made,
                {"district": entered.district.name if entered.district else "", "source": made.source},
            )
        )
    return made


def hand_in(entered: Entered, *, actor: str = PUBLIC) -> None:
    """A voter registers on the public pages: the entry waits for the registration station, which looks at it as at any other.

    A number that stands on the roll already changes nothing, and a number that the law keeps off is taken in like any other: whoever
    hands in a stranger's number learns nothing of that person. Raises PermissionDenied for a closed file.
    """
    require_open(entered.election)
    made = entering.row(entered, RollState.REVIEW, Source.WEB)
    with change():
        Voter.objects.bulk_create([made], ignore_conflicts=True)
        record(Line(actor, "voter.handed_in", KIND, None, made.division.name, {"election": entered.election.pk}))


def _take(held: Voter, entered: Entered, actor: Actor) -> Voter:
    """Take a person who is on the roll without a district into this one; anything else is refused with where the person stands."""
    if held.state == RollState.OFF:
        raise Refused(_("登记册上已注明此人未列入：%(why)s。请核对后在登记册上恢复。") % {"why": held.get_why_off_display()})
    if held.district_id is not None:
        if held.district_id == (entered.district.pk if entered.district else None):
            raise Refused(_("此人已登记在“%(district)s”。") % {"district": held.district})
        raise Refused(_("此人已在其他选区登记（《选举法》第二十七条）。确需改在本选区参加选举的，请办理转移。"))
    if held.name != entered.name:
        raise Refused(_("姓名与登记册上同一身份证号的姓名不符，请对照证件核对。"))
    assert entered.district is not None
    _place([held], entered.district, entered.group, actor, _("登记时划入"))
    held.refresh_from_db()
    return held


def move(
    ids: Sequence[int], district: ElectoralDistrict | None, *, reason: str, actor: Actor, group: VoterGroup | None = None
) -> int:
    """Put voters into a district, or out of theirs into the pool (``district`` None); returns how many. A reason is asked for."""
    gate.require(actor, roles.EDIT, Voter)
    reason = _reason(reason)
    with changing():
        voters = _locked(ids, actor)
        for election in {voter.election for voter in voters}:
            require_open(election)
            if district is not None:
                _own(actor, election, district)
        off = [voter for voter in voters if voter.state == RollState.OFF]
        if off:
            raise Refused(_("“%(name)s”没有列入名单，不能划入选区。请先恢复登记。") % {"name": mask_name(off[0].name)})
        if district is None:
            _update(voters, {"district_id": None, "group_id": None, "state": RollState.REVIEW}, actor, "voter.moved", reason)
        else:
            _place(voters, district, group, actor, reason)
    return len(voters)


def _place(voters: Sequence[Voter], district: ElectoralDistrict, group: VoterGroup | None, actor: Actor, reason: str) -> None:
    """Into a district; who was not registered yet is so from now on, as far as the law lets the person vote."""
    entering.require_rights([voter for voter in voters if voter.state != RollState.REGISTERED])
    values = {
        "district_id": district.pk, "division_id": district.division_id, "group_id": group.pk if group else None, "state": RollState.REGISTERED,
    }  # fmt: skip
    _update(voters, values, actor, "voter.moved", reason)


def put_off(ids: Sequence[int], why: str, *, reason: str, actor: Actor) -> int:
    """Take voters off the roll for one of the reasons of the law (选举法 4, 27; 1983 年规定 4); returns how many."""
    gate.require(actor, roles.EDIT, Voter)
    if why not in WhyOff.values:
        raise Refused(_("请选择未列入的原因。"))
    reason = _reason(reason)
    with changing():
        voters = [voter for voter in _locked(ids, actor) if voter.state != RollState.OFF]
        for election in {voter.election for voter in voters}:
            require_open(election)
        _update(voters, {"state": RollState.OFF, "why_off": why}, actor, "voter.off", reason)
    return len(voters)


def put_on(ids: Sequence[int], *, reason: str, actor: Actor) -> int:
    """Put voters (back) on the roll: after a look, or when a reason is gone (选举法 27(1)); returns how many. Each needs a district, and may
    be neither barred nor under age."""
    gate.require(actor, roles.EDIT, Voter)
    reason = _reason(reason)
    with changing():
        voters = [voter for voter in _locked(ids, actor) if voter.state != RollState.REGISTERED]
        for voter in voters:
            require_open(voter.election)
            if voter.district_id is None:
                raise Refused(_("“%(name)s”还没有划入选区，请先划入。") % {"name": mask_name(voter.name)})
        entering.require_rights(voters)
        restored = [one for one in voters if one.why_off in (WhyOff.DEPRIVED, WhyOff.SUSPENDED)]
        others = [one for one in voters if one not in restored]
        values = {"state": RollState.REGISTERED, "why_off": ""}
        _update(restored, values | {"entry": Entry.RESTORED}, actor, "voter.restored", reason)
        _update(others, values, actor, "voter.restored", reason)
    return len(voters)


def correct(pk: int, values: Mapping[str, Any], *, reason: str, actor: Actor) -> Voter:
    """Correct what is written of a voter (name, identity_number, phone, address, household_at, group_id, note, certificate), with a reason.
    Sex and birth date follow the number."""
    gate.require(actor, roles.EDIT, Voter)
    reason = _reason(reason)
    with changing():
        (voter,) = _locked([pk], actor)
        require_open(voter.election)
        wanted = {name: value for name, value in values.items() if getattr(voter, name) != value}
        if "identity_number" in wanted:
            gate.require(actor, roles.REVEAL, Voter)
            wanted |= entering.from_number(wanted["identity_number"])
        if wanted:
            _update([voter], wanted, actor, "voter.changed", reason)
    voter.refresh_from_db()
    return voter


def by_matter(
    voter_id: int, values: Mapping[str, Any], *, matter: str, actor: str, unless_changed_from: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """Change a voter as a step of a ``matter`` (an objection, a transfer) says, within that step's change, whose gate and reason it has; what
    stood there before. ``unless_changed_from``: where something else stands there now, nothing is changed, and None returned."""
    voter = Voter.objects.select_for_update().get(pk=voter_id)
    if any(getattr(voter, name) != value for name, value in (unless_changed_from or {}).items()):
        return None
    before = {name: getattr(voter, name) for name in values}
    _write([voter], values)
    said = {name: [before[name], values[name]] for name in TOLD_BY_MATTER if name in values}
    record(Line(actor, "voter.by_matter", KIND, voter.pk, "", {"matter": matter, "changes": said}))
    return before


def reveal(pk: int, field: str, *, reason: str, actor: Actor) -> str:
    """A secret value of a voter, for a reason that is journalled. Raises PermissionDenied, and Refused without a reason."""
    if field not in ("identity_number", "phone", "address"):
        raise Refused(_("这一项不是保密内容。"))
    voter = gate.visible_to(actor, Voter.objects.all()).filter(pk=pk).first()
    if voter is None or not gate.may(actor, roles.REVEAL, voter):
        raise PermissionDenied(_("您当前的身份不能查看保密内容。"))
    reason = _reason(reason)
    with change():
        column = str(Voter._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        record(_line(actor, "secret.revealed", voter, {"column": column, "reason": reason}))
    return str(getattr(voter, field))


def _write(voters: Sequence[Voter], values: Mapping[str, Any]) -> None:
    """The one statement that changes voters by hand; ``voters`` keep what stood there before."""
    now = clock.now()
    names = [*values, "edited", "updated_at"]
    bulk.update(Voter, [{"id": one.pk, **values, "edited": True, "updated_at": now} for one in voters], names)


def _update(voters: Sequence[Voter], values: Mapping[str, Any], actor: Actor, action: str, reason: str) -> None:
    if not voters:
        return
    _write(voters, values)
    for one in voters:
        changes = {
            name: [_said(name, getattr(one, name)), _said(name, value)]
            for name, value in values.items()
            if getattr(one, name) != value
        }
        record(_line(actor, action, one, {"changes": changes, "reason": reason}))


def _said(name: str, value: Any) -> Any:
    """What the journal holds of a value: personal ones as keyed digests."""
    if name in PERSONAL:
        return {"digest": keyed_digest(str(value or ""))}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(actor: Actor, action: str, voter: Voter, payload: dict[str, Any]) -> Line:
    return Line(str(actor), action, KIND, voter.pk, mask_name(voter.name), payload)


def _locked(ids: Sequence[int], actor: Actor) -> list[Voter]:
    seen = gate.visible_to(actor, Voter.objects.filter(pk__in=ids))
    found = list(
        Voter.objects.filter(pk__in=seen.values("pk"))
        .order_by("pk")
        .select_for_update(of=("self",))
        .select_related("election__division")
    )
    if len(found) != len(set(ids)):
        raise Refused(_("有的选民不在您的权限范围内，或已不在登记册上。请刷新后重试。"))
    return found


def _own(actor: Actor, election: Election, district: ElectoralDistrict | None) -> None:
    if district is None or not own_districts(actor, election).filter(pk=district.pk).exists():
        raise PermissionDenied(_("这个选区不由您登记。请选择本工作组或本区划的选区。"))


def _reason(text: str) -> str:
    clean = " ".join(text.split())[:MOST_REASON]
    if not clean:
        raise Refused(_("请写明事由，事由将记入日志。"))
    try:
        return cells.read_text(clean)
    except CellError as error:
        raise Refused(error.reason) from error
