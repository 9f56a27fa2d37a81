"""The text of a draft as HTML: every place a link that opens its panel."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from renda.reports.draft.model import PENDING, Draft, Segment
from renda.reports.services.composing import ordinals
from renda.reports.services.places import Place, Spot


def text_html(draft: Draft, found: Sequence[Spot], base: str, current: Place | None) -> SafeString:
    """The draft's text as paragraphs, each place a link that opens its panel. ``base`` is the report's address."""
    by_entry = {spot.entry.number: spot for spot in found if spot.entry}
    by_place = {spot.place: spot for spot in found}
    places = {id(edit): (edit.start, edit.end, nth) for edit, nth in zip(draft.edits, ordinals(draft), strict=True)}

    def piece(segment: Segment) -> SafeString:
        edit = segment.edit
        if edit is None:
            return format_html("{}", segment.text)
        spot = by_entry.get(edit.entry) if edit.entry is not None else by_place.get(places[id(edit)])
        if spot is None:
            return format_html('<span class="rp-edit" title="{}">{}</span>', edit.comment, segment.text)
        return _link(spot, segment.text, base, spot.place == current)

    lines = draft.paragraphs()
    return format_html_join(
        "", '<p class="{}">{}</p>', ((_look(n, line), _joined(map(piece, line))) for n, line in enumerate(lines) if line)
    )


def issued_html(draft: Draft, base: str, *, linked: bool) -> SafeString:
    """The issued text as paragraphs; where ``linked``, each computed figure leads to its records."""
    entries = {entry.number: entry for entry in draft.entries if entry.binding}

    def piece(segment: Segment) -> SafeString:
        entry = entries.get(segment.edit.entry) if linked and segment.edit and segment.edit.entry is not None else None
        if entry is None:
            return format_html("{}", segment.text)
        url = f"{base}at/{entry.start}-{entry.end}-0/records/"
        return format_html('<a class="rp-spot rp-spot--settled" href="{}" title="{}">{}</a>', url, entry.counts, segment.text)

    lines = draft.paragraphs()
    return format_html_join(
        "", '<p class="{}">{}</p>', ((_look(n, line), _joined(map(piece, line))) for n, line in enumerate(lines) if line)
    )


def _joined(pieces: object) -> SafeString:
    return mark_safe("".join(pieces))  # type: ignore[arg-type]  # noqa: S308 (every piece is made by format_html)


def _look(number: int, line: Sequence[Segment]) -> str:
    """The first line of a text and its short lines of one piece are headings."""
    text = "".join(segment.text for segment in line).strip()
    if number == 0 and len(text) <= 60:
        return "rp-title"
    return (
        "rp-heading"
        if len(text) <= 34 and text[:1] in "一二三四五六七八九十（(第" and not text.endswith(("。", "；", "，"))
        else ""
    )


def _link(spot: Spot, text: str, base: str, current: bool) -> SafeString:
    settled = mark_safe(" data-settled") if spot.settled else ""
    aria = format_html(' aria-current="{}"', "true") if current else ""
    pending = format_html('<span class="rp-pending">{}</span>', PENDING) if spot.marked else ""
    return format_html(
        '<a class="rp-spot rp-spot--{tone}{now}" href="{base}?at={key}" id="at-{key}" data-spot="{key}" data-tone="{tone}"{settled}{aria} '
        'hx-get="{base}at/{key}/" hx-target="#panel" hx-swap="innerHTML">{text}<span class="visually-hidden">（{state}）</span></a>{mark}',
        tone=spot.tone, now=" is-current" if current else "", base=base, key=spot.key, settled=settled, aria=aria, text=text,
        state=spot.state, mark=pending,
    )  # fmt: skip
