"""Several citations as one: the text is named once, its articles follow."""

from __future__ import annotations

from collections.abc import Iterable


def cite_together(citations: Iterable[str]) -> str:
    """《选举法》第四十四条第一款、第四十五条第一款；《北京选举实施细则》第六十四条: texts in the order of first mention, nothing twice."""
    texts: dict[str, list[str]] = {}
    for citation in citations:
        for part in citation.split("；"):
            title, articles = _parted(part)
            found = texts.setdefault(title, [])
            found += [one for one in articles.split("、") if one not in found]
    return "；".join(f"{title}{'、'.join(articles)}" for title, articles in texts.items())


def _parted(citation: str) -> tuple[str, str]:
    """The text with its edition, and the articles: 《选举法》（2015年） and 第十一条第二款."""
    title, mark, rest = citation.rpartition("》")
    edition, close, articles = rest.rpartition("）") if rest.startswith("（") else ("", "", rest)
    return title + mark + edition + close, articles
