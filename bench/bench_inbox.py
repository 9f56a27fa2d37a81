"""The inbox and the search at a million matters, against a bare Django page of as many rows over the same records (see ``bare_page``).

The ratio is the bare page's time by ours: 0.5 is twice as slow. Every page is asserted to ask no more queries than at a thousandth
of the records. Of the petitions' copies one in eight is open, in five states, most of them late, with their running deadlines.
"""

from __future__ import annotations

from typing import Any

from bench.measure import Comparison, Phase, phase
from bench.multiply import STRIDE, demo_county, multiply_matters

SIZES = {"quick": 40, "full": 830}
YEARS = 8
TURNS = 9
TODAY = "2021-12-28"
STATES = ("registered", "forwarded", "assigned", "handling", "answered")
PAGES = {
    "inbox of the petitions clerk": ("xinfang", "/inbox/", "/bare/"),
    "what others have to do": ("xinfang", "/inbox/?tab=waiting", "/bare/"),
    "late ones alone": ("xinfang", "/inbox/?late=1", "/bare/"),
    "page 40": ("xinfang", "/inbox/?page=40", "/bare/?page=40"),
    "inbox of a unit": ("jiaotong", "/inbox/", "/bare/"),
    "what a leader watches": ("zhuren", "/inbox/?tab=waiting", "/bare/"),
    "reminders": ("xinfang", "/notices/", "/bare/"),
    "search": ("xinfang", "/search/?q=道路", "/bare/search/?q=道路"),
    "inbox against rows uncounted": ("xinfang", "/inbox/", "/bare/uncounted/"),
}


def run(copies: int) -> dict[str, Comparison]:
    """Measure each page with about 1,200 petitions for its queries, and with ``copies`` times as many against the bare page."""
    from django.conf import settings
    from django.db import connection

    from renda.demo import accounts
    from renda.registers import registry

    settings.RENDA_NOW, settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = TODAY, ["testserver"], "bench.bare_page"
    demo_county()
    accounts.ensure_accounts()
    _in_all_states()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # a benchmark's database does not do so by itself
    small = {name: _queries(who, address.replace("page=40", "page=2")) for name, (who, address, _bare) in PAGES.items()}
    records = multiply_matters(registry.get("petitions.petitions"), copies, YEARS)
    _copy_deadlines(copies)
    found = {}
    for name, (who, address, bare) in PAGES.items():
        queries = _queries(who, address)
        # A full page asks less: nothing is looked for beyond it.
        assert queries <= small[name], f"{name}: {small[name]} queries, then {queries}"
        found[f"{name}, {records // 10_000 * 10_000:,} matters"] = Comparison(_best(who, address), _best(who, bare))
    return found


def _in_all_states() -> None:
    """The open petitions of the demo county, spread over the states in which it is the office's or a unit's turn."""
    from django.db import connection

    from renda.petitions.models import Petition

    for place, state in enumerate(STATES):
        ids = list(
            Petition.objects.filter(closed_on__isnull=True).order_by("pk").values_list("pk", flat=True)[place :: len(STATES)]
        )
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procedure_matter SET phase = %s WHERE id = ANY(%s)", [state, ids])


def _copy_deadlines(copies: int) -> None:
    """The deadlines of the copies, moved back by as many years as their matters."""
    from django.db import connection

    back = f"make_interval(years => (copy.n %% {YEARS})::int)"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procedure_deadline (matter_id, code, law, starts_on, due_on, ended_on, moved_from, moved_why) "
            f"SELECT one.matter_id + {STRIDE} * copy.n::bigint, one.code, one.law, (one.starts_on - {back})::date, (one.due_on - {back})::date, "
            f"(one.ended_on - {back})::date, NULL, '' FROM generate_series(1, %s) AS copy(n) CROSS JOIN procedure_deadline AS one "
            "JOIN procedure_matter AS m ON m.id = one.matter_id WHERE m.kind = 'petition'",
            [copies],
        )
        cursor.execute("VACUUM ANALYZE procedure_deadline")


def _signed_in(who: str) -> Any:
    """A browser session of a demo account."""
    from django.test import Client

    from renda.directory.models import Account

    Account.objects.filter(username=who).update(must_change_password=False)
    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def _queries(who: str, address: str) -> int:
    """How many queries a page asks once it is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _signed_in(who)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(queries)


def _best(who: str, address: str) -> Phase:
    """The best of several turns."""
    client, best = _signed_in(who), None
    client.get(address)
    for _ in range(TURNS):
        with phase(address) as turn:
            client.get(address)
        best = turn if best is None or turn.seconds < best.seconds else best
    assert best is not None
    return best
