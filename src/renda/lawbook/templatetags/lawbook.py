"""Template filters of the law pages: gists in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from renda.law.gists import english

register = template.Library()


@register.filter
def gist_in_english(gist: str) -> str:
    """The English gist on English pages; empty on Chinese ones, and for what is no gist."""
    return english().get(gist, "") if (get_language() or "").startswith("en") else ""
