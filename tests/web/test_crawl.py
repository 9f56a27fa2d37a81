"""Each role, from home: every link of every kind of page leads somewhere, nothing breaks, nothing is shown that is refused."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from dev import walk
from renda.directory.models import Account, Hat
from renda.web import menu
from renda.web.context import rooms_with_registers
from tests.office import ROLES, Office

LIMIT = 80
NOWHERE = "/no/such/page/"
BY_ROOM = ("list", "room")  # every list by itself is opened in tests of the registers


class Links(HTMLParser):
    """The addresses that a page links to, and those that its forms would get."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(str(given["href"]))
        if tag == "form" and (given.get("method") or "get").lower() == "get" and given.get("action"):
            self.found.append(str(given["action"]))
        if tag in ("img", "script", "link") and (given.get("src") or given.get("href")):
            self.found.append(str(given.get("src") or given.get("href")))


def links(page: str, body: str) -> Iterator[str]:
    parser = Links()
    parser.feed(body)
    for one in parser.found:
        parts = urlsplit(urljoin(page, one))
        assert not parts.netloc, f"{page} links out of the house: {one}"
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind(address: str) -> tuple[object, ...]:
    """What makes two addresses pages of one kind: the view, the room where it is a list, the first parameter."""
    parts = urlsplit(address)
    found = resolve(parts.path)
    place = found.kwargs.get("room") if found.url_name in BY_ROOM else ""
    return (found.view_name, place, tuple(sorted(parse_qs(parts.query, keep_blank_values=True)))[:1])


@pytest.mark.parametrize("name", list(ROLES))
def test_every_link_leads_somewhere(as_role: Callable[[str], Client], office: Office, name: str) -> None:
    client, waiting, seen, faults, opened = as_role(name), ["/", NOWHERE], set(), [], 0
    for address, source in (queue := [(one, "") for one in waiting]):
        if address.startswith("/static/"):
            continue
        try:
            sort = kind(address)
        except Resolver404:
            if source and address != NOWHERE:
                faults.append(f"{source} links to {address}: no such address")
                continue
            sort = (address,)
        if sort in seen or opened >= LIMIT:
            continue
        seen.add(sort)
        opened += 1
        answer = client.get(address, follow=True)
        if answer.status_code != (404 if address == NOWHERE else 200):
            faults.append(f"{source} links to {address}: {answer.status_code}")
        if answer.headers["Content-Type"].startswith("text/html"):
            queue += [(one, address) for one in links(address, answer.content.decode())]
    assert faults == []
    assert opened > (3 if name in ("system", "security", "audit") else 20)


@pytest.mark.parametrize("name", list(ROLES))
def test_no_menu_entry_is_without_its_page_and_none_is_kept_back(
    as_role: Callable[[str], Client], office: Office, name: str
) -> None:
    hat = Hat.objects.select_related("account", "division").filter(account=office.accounts[name]).order_by("pk")[0]
    from renda.directory import gate

    client, shown = as_role(name), {e.key for e in menu.everything(gate.actor_of(hat), "/", rooms_with_registers())}
    for key in {**menu.PAGES, **menu.ROOMS}.keys() - {"calendar"}:  # an empty calendar is no refusal
        status = client.get(menu.address(key), follow=True).status_code
        assert (status == 200) == (key in shown), (key, status)


def test_what_breaks_is_told_in_the_readers_language(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("renda.web.pages.reminders.groups", broken)
    client = Client(raise_request_exception=False)
    client.force_login(office.accounts["clerk"])
    answer = client.get("/notices/")
    assert answer.status_code == 500
    assert "出错时间：20" in answer.content.decode()
    client.post("/language/", {"language": "en"})
    english = client.get("/notices/").content.decode()
    assert "Something went wrong" in english
    assert "系统" not in english


@pytest.mark.parametrize("name", list(ROLES))
def test_no_page_speaks_the_other_language(as_role: Callable[[str], Client], office: Office, name: str) -> None:
    """No English word in a Chinese page; nothing Chinese in an English one but the office's own records."""
    Account.objects.update(display_name="王秀英")
    data = walk.data_words()
    for language in ("zh-hans", "en"):
        client = as_role(name)
        client.cookies["renda_language"] = language
        found = walk.walk(client, limit=25, data=data, english=language == "en")
        assert "\n".join(found.faults) == "", language
        assert len(found.opened) > 3
