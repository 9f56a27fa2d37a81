"""Text helpers: one spelling, tokens for full-text search in Chinese, masks for personal values, hints for misspelt words.

Search: PostgreSQL does not know where Chinese words begin, so the index holds every pair of neighbouring Han characters, and the
last character of each run alone. `bigrams` makes the tokens for `to_tsvector('simple', …)`, `search_query` the text for
`to_tsquery('simple', …)`. Words of Han characters are found exactly where LIKE '%word%' finds them, of one character too; words
and numbers in other letters are found from their beginning. PostgreSQL keeps the positions of 16,000 tokens of a text and of 255
occurrences of a token: a longer text is to be indexed in parts.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from renda.core.surnames import split_name

HAN = "々〇〆㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
"""The Han characters, as the inside of a character class."""

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|\d{{1,64}}|[^\W\d_{HAN}]{{1,64}}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_MASK = "*"
_NEAR_ENOUGH = 0.5


def normalise(text: str) -> str:
    """One spelling: full-width letters, digits and signs narrow (NFKC), no invisible characters, blanks single."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def bigrams(text: str) -> str:
    """The tokens of a text in their order, for `to_tsvector('simple', …)`: 龙潭镇5号 → 龙潭 潭镇 镇 5 号."""
    return " ".join(token for run in _runs(normalise(text)) for token in _tokens(run))


def search_query(text: str) -> str:
    """What was typed, for `to_tsquery('simple', …)`: blanks separate terms that must all be found, each as one phrase.

    Empty when nothing that was typed can be searched for (blanks, punctuation): the caller then leaves the filter out.
    """
    terms = (_phrase(list(_runs(term))) for term in normalise(text).split(" "))
    return " & ".join(term for term in terms if term)


def mask_name(name: str) -> str:
    """The surname and a star for each character after it (张三丰 → 张**, 欧阳修 → 欧阳*); other names keep their first letter."""
    clean = normalise(name)
    surname, given = split_name(clean)
    if not surname:
        return clean[:1] + _MASK * 2 if clean else ""
    return surname + _MASK * len(given)


def mask_identity_number(number: str) -> str:
    """The last four characters of an identity number, stars before; nothing but stars when it is too short to hide anything."""
    return _masked(number, first=0, last=4, at_least=15)


def mask_phone(number: str) -> str:
    """The first three and last four digits of a mobile number, the last two of a shorter one; blanks and hyphens are dropped."""
    digits = re.sub(r"[\s\-]", "", number)
    return _masked(digits, first=3, last=4, at_least=11) if len(digits) >= 11 else _masked(digits, first=0, last=2, at_least=7)


def nearest(word: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Up to `n` candidates spelt most like the word, for "did you mean": those that contain it or lie in it first."""
    clean = normalise(word)
    pool = list(dict.fromkeys(candidates))
    if not clean:
        return []
    around = sorted((c for c in pool if c and (clean in c or c in clean)), key=lambda c: abs(len(c) - len(clean)))
    alike = difflib.get_close_matches(clean, pool, n=n, cutoff=_NEAR_ENOUGH)
    return list(dict.fromkeys([*around, *alike]))[:n]


def _runs(text: str) -> Iterator[re.Match[str]]:
    return _RUN.finditer(text.casefold())


def _tokens(run: re.Match[str]) -> list[str]:
    word = run[0]
    return [word[i : i + 2] for i in range(len(word))] if run["han"] else [word]


def _phrase(runs: list[re.Match[str]]) -> str:
    """The runs of one term as a phrase. It may end inside a run of the text, so its last character is not asked for alone."""
    if not runs:
        return ""
    *tokens, last = (token for run in runs for token in _tokens(run))
    quoted = [f"'{token}'" for token in tokens]
    if not (runs[-1]["han"] and len(runs[-1][0]) > 1):
        quoted.append(f"'{last}':*")
    return " <-> ".join(quoted)


def _masked(text: str, *, first: int, last: int, at_least: int) -> str:
    clean = normalise(text)
    if len(clean) < at_least:
        return _MASK * len(clean)
    return clean[:first] + _MASK * (len(clean) - first - last) + clean[len(clean) - last :]
