"""List and detail pages of a register with a million records, against the same pages of the same register with a thousandth of them.

The ratio says how much of the small register's speed is left (1: the number of records does not matter). What is told exactly has
its price: the number of all records on every page, an order that no index has. The number of queries of each page is asserted to
be the same at both sizes; tests hold it for every register.
"""

from __future__ import annotations

import logging
from typing import Any

from bench.measure import Comparison, Phase, phase
from bench.multiply import demo_county, multiply_matters

SIZES = {"quick": 10, "full": 830}
REGISTER = "petitions.petitions"
TURNS = 5
PAGES = {
    "list": "",
    "page 200 of 50": "?page=200",
    "middle page": "?page=10000",
    "last page": "?page=9999999",
    "one form": "?form=letter",
    "one quarter": "?received=2018-01-01..2018-03-31",
    "sorted by number": "?sort=number",
    "sorted by day": "?sort=-received",
    "what is due": "?view=open",
    "searched": "?q=道路",
}


def run(copies: int) -> dict[str, Comparison]:
    """Measure each page with about 1,200 petitions and with ``copies`` times as many."""
    from django.db import connection

    from renda.registers import registry

    demo_county()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # a benchmark's database does not do so by itself
    client = _signed_in()
    small = {name: _measured(client, address) for name, address in _addresses().items()}
    records = multiply_matters(registry.get(REGISTER), copies, years=8)
    large = {name: _measured(client, address) for name, address in _addresses().items()}
    for name in small:
        assert small[name][1] == large[name][1], f"{name}: {small[name][1]} queries, then {large[name][1]}"
    return {f"{name} of {records // 10_000 * 10_000:,}": Comparison(large[name][0], small[name][0]) for name in small}


def _signed_in() -> Any:
    """A browser session of the petitions clerk."""
    from django.conf import settings
    from django.test import Client

    from renda.demo import accounts
    from renda.directory.models import Account

    settings.ALLOWED_HOSTS = ["testserver"]
    logging.getLogger("renda.request").setLevel(logging.WARNING)
    accounts.ensure_accounts()
    client = Client()
    client.force_login(Account.objects.get(username="xinfang"))
    return client


def _addresses() -> dict[str, str]:
    from renda.petitions.models import Petition

    list_ = f"/{REGISTER.replace('.', '/')}/"
    return {
        **{name: list_ + query for name, query in PAGES.items()},
        "detail": f"{list_}{Petition.objects.order_by('pk')[0].pk}/",
        "search over all": "/search/?q=道路",
    }


def _measured(client: Any, address: str) -> tuple[Phase, int]:
    """The time of one page (the best of several turns) and its number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    best = None
    for _ in range(TURNS):
        with phase(address) as turn:
            client.get(address)
        best = turn if best is None or turn.seconds < best.seconds else best
    assert best is not None
    return best, len(queries)
