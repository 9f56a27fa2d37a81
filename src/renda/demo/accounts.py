"""The demo's sign-ins: one account per role, made when missing and never touched again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from renda.demo.organs import BUREAUS
from renda.directory import roles
from renda.directory.gate import OPERATOR
from renda.directory.models import Account, Division, Hat, Mandate, Organ, Person
from renda.journal.services import Line, change, record

PASSWORD = "qinghe-demo-2021"  # noqa: S105 - the demo's password is printed on purpose; its county does not exist


@dataclass(frozen=True)
class SignIn:
    """One account: its name, its role, and the township or organ that it is bound to."""

    username: str
    name: str
    role: str
    division: str = "青禾县"
    organ: str = ""


SIGN_INS = (
    SignIn("bangong", "办公室小林", "congress_clerk", organ="青禾县人大常委会办公室"),
    SignIn("xinfang", "信访小周", "petition_clerk", organ="青禾县人大常委会办公室"),
    SignIn("xuanju", "选举办小陈", "election_clerk", organ="青禾县人大常委会办公室"),
    SignIn("dengji", "龙潭镇登记员小吕", "registrar", division="龙潭镇", organ="龙潭镇人大主席团"),
    SignIn("jipiao1", "计票一组", "teller", organ="青禾县人大常委会办公室"),
    SignIn("jipiao2", "计票二组", "teller", organ="青禾县人大常委会办公室"),
    SignIn("zhuren", "常委会主任", "director", organ="青禾县人大常委会"),
    SignIn("longtan", "龙潭镇人大小吴", "township_clerk", division="龙潭镇", organ="龙潭镇人大主席团"),
    SignIn("daibiao", "县人大代表", "deputy"),
    SignIn("jiaotong", "交通局办公室", "handling_unit", organ=next(name for name, short, _ in BUREAUS if short == "县交通局")),
    SignIn("xitong", "系统管理员", "system_admin"),
    SignIn("anquan", "安全管理员", "security_admin"),
    SignIn("shenji", "审计管理员", "audit_admin"),
)


def ensure_accounts() -> list[SignIn]:
    """Make the accounts that are missing; returns those made."""
    made = []
    with change():
        for one in SIGN_INS:
            if not Account.objects.filter(username=one.username).exists():
                _make(one)
                made.append(one)
    return made


def _make(one: SignIn) -> None:
    division = Division.objects.get(name=one.division, valid_to__isnull=True)
    organ = Organ.objects.filter(name=one.organ, voided_at__isnull=True).first() if one.organ else None
    person = _busiest_deputy() if one.role == "deputy" else None
    account = Account(
        username=one.username, display_name=person.name if person else one.name, person=person, must_change_password=False
    )
    account.set_password(PASSWORD)
    account.save()
    Hat.objects.create(account=account, role=one.role, division=division, organ=organ)
    record(Line(str(OPERATOR), "account.created", "directory.account", account.pk, one.username, {"role": one.role}))


def _busiest_deputy() -> Person | None:
    """A deputy of the county's present term who has much to show: the one who led most suggestions."""
    people = Mandate.objects.filter(level="county", until__isnull=True, voided_at__isnull=True).values("person")
    ranked = Person.objects.filter(pk__in=people).annotate(led=Count("suggestions", distinct=True))
    return ranked.order_by("-led", "pk").first()


def as_rows() -> list[tuple[str, str, str]]:
    """Role, sign-in name and password of each account that still has the demo's password."""
    held = {account.username: account for account in Account.objects.filter(username__in=[one.username for one in SIGN_INS])}
    rows = []
    for one in SIGN_INS:
        account = held.get(one.username)
        if account is not None:
            known = account.check_password(PASSWORD)
            rows.append((roles.ROLES[one.role].name, one.username, PASSWORD if known else "（已修改）"))
    return rows
