"""What a whole text treats, for the rules that ask for its subject where the title does not tell."""

from __future__ import annotations

import re

# What a whole text may be about (the words that rules ask for), and how it shows.
_SUBJECTS = {
    words: re.compile(pattern)
    for words, pattern in {
        "民生实事项目票决": r"民生实事|实事项目|票决|候选项目|子项目?",
        "信访来信来访": r"信访|来信|来访|上访|集体访",
        "规范性文件备案审查": r"备案|规范性文件|报备",
        "换届选举选民": r"选民登记|登记选民|选区|换届|参选率|候选人|选举产生|投票站|选票",
        "代表建议办理答复": r"建议|办复|答复|承办|办理|议案",
        "联络站接待选民群众": r"联络站|代表之家|接待选民|接待群众|家站|进站|选民|民意",
        "代表向选民述职": r"述职",
        "微实事微心愿": r"微实事|微心愿|微项目|微民生",
        "履职评议工作评议": r"评议",
        "人代会大会代表": r"应到|实到|大会|出席",
    }.items()
}


def opening(text: str) -> str:
    """The first lines of a text, as far as the first full stop after them."""
    stop = text.find("。")
    return text[: min(200, stop if stop >= 0 else 200)]


def subjects(text: str) -> str:
    """The words of what a whole text treats, when one or two subjects hold most of it; empty for a report on everything."""
    counts = {words: len(pattern.findall(text)) for words, pattern in _SUBJECTS.items()}
    total = sum(counts.values())
    return " ".join(words for words, count in counts.items() if count >= 3 and count >= 0.4 * total)
