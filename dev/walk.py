"""Walk the site as each of the demo's roles, from home along every link: `./run python -m dev.walk [--role NAME] [--limit N] [--english]`.

Opens pages of every kind before more of one kind. Tells of addresses that are not there, fail or refuse, of links that lead out of the
house, of English words in Chinese pages and of Chinese words in the interface of English pages. Exit status 1 where it finds any.
Needs the demo county in the data folder (`./run demo --no-serve`); the site need not run.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import html

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]*[a-z]{2,}")
CODE = re.compile(r"[a-z][a-z_0-9]*(?:\.[a-z_0-9]+)+")
KNOWN = frozenset(("https", "localhost", "md", "word", "excel", "pdf", "docx", "xlsx", "xls", "csv", "wps", "jpg", "png", "jpeg", "gif", "webp", "txt", "english", "ctrl",
                   "esc", "enter", "tab"))  # fmt: skip
SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-empty", "data-confirm")
QUOTED = re.compile(
    r"“[^”]*”|《[^》]*》(（[^）]*）)?(第[一二三四五六七八九十百零]+条)?(第[一二三四五六七八九十]+款)?|〔[^〕]*〕|\([\u3400-\u9fff]+\)|\d+年\d+月(\d+日)?"
)
BETWEEN = re.compile(r"[^\u3400-\u9fff0-9]+")
SILENT = frozenset(("script", "style", "template", "code", "kbd"))
LEFT_OUT = ("/static/", "/sign-out/")
IN_CHINESE = ("/reports/", "/yearend/", "/law/")
"""Pages that show the text of a report or of the law, which nobody translates."""
MOST = 60


@dataclass
class Walk:
    """What a walk found: addresses by kind, and faults with where they stand."""

    opened: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def kind(address: str) -> str:
    """What makes two addresses pages of one kind: view, register, names of the parameters."""
    from django.urls import resolve

    parts = urlsplit(address)
    found = resolve(parts.path)
    place = "/".join(str(found.kwargs[name]) for name in ("room", "slug") if name in found.kwargs)
    return f"{found.view_name} {place} {','.join(sorted(parse_qs(parts.query)))}"


def walk(client: Any, *, data: frozenset[str], english: bool = False, limit: int = 400, start: str = "/") -> Walk:
    """From a page along every link, kinds not seen yet first, up to so many addresses. ``data`` are the office's own words."""
    from django.urls import Resolver404

    done, counted, order = Walk(), Counter[str](), itertools.count()
    queue: list[tuple[int, int, str, str]] = [(0, next(order), start, "")]
    seen = {start}
    while queue and len(done.opened) < limit:
        _often, _place, address, source = heapq.heappop(queue)
        try:
            sort = kind(address)
        except Resolver404:
            done.faults.append(f"{source} links to {address}: no such address")
            continue
        if counted[sort] > _often:  # others of its kind were opened since it was put there
            heapq.heappush(queue, (counted[sort], next(order), address, source))
            continue
        counted[sort] += 1
        for one in _open(client, address, source, done, data, english):
            if one not in seen:
                seen.add(one)
                heapq.heappush(queue, (0, next(order), one, address))
    return done


def _open(client: Any, address: str, source: str, done: Walk, data: frozenset[str], english: bool) -> list[str]:
    done.opened[address] = source
    try:
        answer = client.get(address, follow=True)
    except Exception as error:  # whatever breaks is what this looks for
        done.faults.append(f"{source} links to {address}: {error!r}")
        return []
    if answer.status_code != 200:
        done.faults.append(f"{source} links to {address}: {answer.status_code}")
    if not answer.headers.get("Content-Type", "").startswith("text/html") or not answer.content:
        return []
    tree = html.fromstring(answer.content.decode())
    if not english or not address.startswith(IN_CHINESE):
        done.faults += [f"{address}: {fault}" for fault in (chinese_in if english else english_in)(tree, data)]
    return list(_links(address, tree, done))


def _links(page: str, tree: Any, done: Walk) -> Iterator[str]:
    forms = [form.get("action") for form in tree.iter("form") if (form.get("method") or "get").lower() == "get"]
    for one in [*(a.get("href") for a in tree.iter("a")), *forms]:
        parts = urlsplit(urljoin(page, one or "#"))
        if parts.netloc or parts.scheme:
            done.faults.append(f"{page} links out of the house: {one}")
        elif one and not one.startswith("#") and not parts.path.startswith(LEFT_OUT):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def said(tree: Any) -> Iterator[tuple[Any, str]]:
    """What a page says: its texts and spoken attributes, with the elements that hold them."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        inner = "" if element.tag in SILENT else element.text
        for text in (inner, *(element.get(name) for name in SPOKEN)):
            if text and text.strip():
                yield element, " ".join(text.split())
        if element.tail and element.tail.strip() and element.getparent() is not None and element.getparent().tag not in SILENT:
            yield element.getparent(), " ".join(element.tail.split())


def english_in(tree: Any, data: frozenset[str]) -> list[str]:
    """English words of a Chinese page; what is marked as no text to translate (a sign-in name) is none."""
    found = []
    for element, text in said(tree):
        if (
            element.get("lang", "").startswith("en")
            or element.get("translate") == "no"
            or text in data
            or not (HAN.search(text) or text.isascii())
        ):
            continue
        words = [word for word in ENGLISH.findall(CODE.sub("", text)) if word.lower() not in KNOWN and word not in data]
        if words:
            found.append(f"English in <{element.tag} class={element.get('class')}>: {text[:80]}")
    return found


def chinese_in(tree: Any, data: frozenset[str]) -> list[str]:
    """Chinese words of an English page that are not the office's data."""
    found = []
    for element, text in said(tree):
        parents = [element, *element.iterancestors()]
        if any(one.get("lang", "en").startswith("zh") for one in parents[:-1]) or text in data:
            continue
        left = [piece for piece in pieces(text) if piece not in data]
        if left:
            found.append(f"Chinese in <{element.tag} class={element.get('class')}>: {text[:80]} ({left[0][:20]})")
    return found


def pieces(text: str) -> list[str]:
    """The parts of a text that have Chinese words; what it quotes, titles of laws and samples of dates are none of its own."""
    return [piece for piece in BETWEEN.split(QUOTED.sub(" ", text)) if HAN.search(piece)]


def data_words() -> frozenset[str]:
    """Every text that the office's records hold, whole and in its parts."""
    from django.apps import apps
    from django.db.models import CharField, JSONField, TextField

    found: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("renda.") and model._meta.app_label not in ("law",)
        names = [
            field.attname
            for field in model._meta.local_concrete_fields
            if isinstance(field, CharField | TextField | JSONField) and not field.choices
        ]
        for name in names if ours else ():
            found |= {str(value) for value in model._base_manager.values_list(name, flat=True).distinct()}
    return frozenset(found | {piece for value in found for piece in BETWEEN.split(value) if HAN.search(piece)})


def main(arguments: list[str] | None = None) -> int:
    """Walk as each role and tell what was found; exit status 1 where anything was."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--role", action="append", default=[], help="a demo sign-in (default: all)")
    parser.add_argument("--limit", type=int, default=400, help="addresses per role")
    parser.add_argument("--english", action="store_true", help="walk the English pages")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renda.settings")
    os.environ.setdefault("RENDA_NOW", "2021-12-28")
    import django

    django.setup()
    from django.test import Client

    from renda.demo.accounts import SIGN_INS
    from renda.directory.models import Account

    faults = 0
    for name in options.role or [one.username for one in SIGN_INS]:
        client = Client(HTTP_HOST="localhost")
        client.force_login(Account.objects.get(username=name))
        client.cookies["renda_language"] = "en" if options.english else "zh-hans"
        found = walk(client, limit=options.limit, data=data_words(), english=options.english)
        faults += len(found.faults)
        sys.stdout.write(f"{name}: {len(found.opened)} addresses, {len(found.faults)} faults\n")
        for fault, times in Counter(re.sub(r"^\S+: (?=English|Chinese)", "", one) for one in found.faults).most_common(MOST):
            sys.stdout.write(f"  {times} × {fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
