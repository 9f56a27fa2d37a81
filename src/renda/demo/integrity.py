"""What must not be left of the demo on a production site."""

from __future__ import annotations

from collections.abc import Iterator

from renda.core.checking import Fault, rule
from renda.demo.accounts import PASSWORD
from renda.directory.models import Account


@rule("deploy.demo", "没有账号还在用示范县公布的密码", deploy=True)
def passwords() -> Iterator[Fault]:
    """Active accounts that anybody who reads the README can open."""
    for account in Account.objects.filter(is_active=True).order_by("username"):
        if account.check_password(PASSWORD):
            yield Fault(f"账号 {account.username}", "用的是示范县公布的密码。请改密码或停用账号。")
