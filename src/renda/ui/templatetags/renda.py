"""Template tags of the house: icons, states, deadlines, figures, chart data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renda.core import clock
from renda.ui.words import entered, said

register = template.Library()

SOON_DAYS = 7
STATE_ICONS = {
    "late": "exclamation-octagon",
    "soon": "hourglass-split",
    "done": "check-circle",
    "run": "clock",
    "idle": "slash-circle",
}


@register.simple_tag
def icon(name: str, klass: str = "") -> SafeString:
    """An icon of the sprite, hidden from screen readers: the words beside it say the same."""
    return format_html(
        '<svg class="r-icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        klass,
        static("ui/vendor/icons.svg"),
        name,
    )


@register.simple_tag
def state(tone: str, words: str) -> SafeString:
    """A state as word and icon; ``tone`` is late, soon, done, run or idle."""
    return format_html('<span class="r-state r-state--{}">{}{}</span>', tone, icon(STATE_ICONS.get(tone, "info-circle")), words)


@register.simple_tag
def deadline(due: date | None, closed: date | None = None) -> SafeString:
    """How long is left until a due date, or how late it is; a matter that is closed says whether it was closed in time."""
    if due is None:
        return state("done", _("已办结")) if closed else SafeString("")
    tone, words = deadline_words(due, closed)
    return state(tone, words)


def deadline_words(due: date, closed: date | None) -> tuple[str, str]:
    """Tone and words of a deadline."""
    if closed is not None:
        late = (closed - due).days
        return (
            ("late", ngettext("超期 %(n)d 天办结", "超期 %(n)d 天办结", late) % {"n": late})
            if late > 0
            else ("done", _("按期办结"))
        )
    left = (due - clock.today()).days
    if left < 0:
        return "late", ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -left) % {"n": -left}
    if left == 0:
        return "soon", _("今天到期")
    words = ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", left) % {"n": left}
    return ("soon" if left <= SOON_DAYS else "run"), words


@register.filter
def number(value: Any) -> str:
    """A number with groups of three and no trailing zeros; an empty value is a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{value:,}" if isinstance(value, int) else str(value)


@register.filter
def chart_data(data: dict[str, Any]) -> SafeString:
    """The numbers of a chart as a data block that charts.js reads; never runs as a script."""
    return json_script(data)


@register.filter
def by_key(mapping: dict[Any, Any], key: Any) -> Any:
    """The value under a key that is itself a variable."""
    return mapping.get(key)


register.filter("entered", entered)


@register.filter(name="said")
def said_filter(text: Any) -> str:
    """A declared Chinese text in the reader's language."""
    return said(text)


@register.filter
def cell(value: Any) -> str:
    """Any value of an evidence row as text."""
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, Decimal) or value is None or value == "" else str(value)


@register.filter
def marked(text: str, words: str) -> SafeString:
    """A text with the searched words marked."""
    part = next((w for w in sorted(words.split(), key=len, reverse=True) if w and w in text), "")
    before, found, after = text.partition(part) if part else (text, "", "")
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else format_html("{}", text)
