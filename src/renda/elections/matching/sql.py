"""The rules of ``declaration`` as one SQL text that DuckDB and Apache Spark both run, word for word.

Only what both have, and mean alike, is used: ``& | >> bit_count``, ``substr``, ``length``, ``concat_ws``, ``least``, CASE (``levenshtein`` counts bytes
in DuckDB, characters in Spark). Exclusive-or is ``(a | b) - (a & b)``. Of two packed words the digits that differ are the groups of four
bits that are not zero in their exclusive-or.
"""

from __future__ import annotations

from collections.abc import Callable

from renda.elections.matching import declaration as rules
from renda.elections.matching.numbers import WORD

TABLE, PAIRS = "voters", "pairs"
_ONES = sum(1 << (4 * place) for place in range(WORD))
_CHECK, _SEQUENCE_END = 0x001, 0x110
"""In the word ``tail``: the check character; the two digits that the word ``head`` does not hold."""
_AREA_TO_YEAR = 1 << 24
"""In the word ``head``: the third digit of the year, which in an old number stands next to the area, three places further left here."""
_LONGEST_NAME = 18


def find() -> str:
    """The second statement, over the frame ``voters`` and the ``pairs`` of ``candidates``: row_a, row_b, listing, rule, score, evidence."""
    return f"""
WITH bearers AS (SELECT name, count(*) AS bearers FROM {TABLE} GROUP BY name),
counted AS ({_counted()}),
compared AS ({_compared()}),
classed AS ({_classed()}),
judged AS ({_judged()})
SELECT row_a, row_b, listing, CAST({_rule()} AS VARCHAR(60)) AS rule, CAST({_score()} AS INT) AS score, {_evidence()} AS evidence
FROM judged WHERE listing IS NOT NULL
"""  # noqa: S608


def candidates() -> str:
    """The first statement, over the table ``voters`` of ``prepare``: pairs that agree in some block and whose numbers are near enough for it,
    each once. They are to be kept as the table ``pairs``: an engine that knows how few they are joins them back cheaply."""
    blocks = "\nUNION ALL\n".join(_block(one) for one in rules.BLOCKS)
    return f"""SELECT DISTINCT a_row AS row_a, b_row AS row_b FROM (
{blocks}) both_rows WHERE most = 99 OR {_body("_")} <= most"""  # noqa: S608


def _block(block: rules.Block) -> str:
    agree = " AND ".join(f"a.{column} = b.{column}" for column in block.columns)
    columns = ", ".join(f"{side}.{column} AS {side}_{column}" for side in "ab" for column in ("row", "head", "tail"))
    most = 99 if block.most is None else block.most
    return f"SELECT {columns}, {most} AS most FROM {TABLE} a JOIN {TABLE} b ON {agree} AND a.row < b.row"  # noqa: S608


def _xor(one: str, other: str) -> str:
    return f"(({one} | {other}) - ({one} & {other}))"


def _differing(word: str) -> str:
    """One bit for each digit in which the exclusive-or ``word`` is not zero."""
    return f"(({word} | ({word} >> 1) | ({word} >> 2) | ({word} >> 3)) & {_ONES})"


def _digits(column: str, mask: int, dot: str = ".") -> str:
    """How many of the masked digits differ."""
    return f"bit_count({_differing(_xor(f'a{dot}{column}', f'b{dot}{column}'))} & {mask})"


def _body(dot: str = ".") -> str:
    """How many of the first 17 digits differ."""
    return f"({_digits('head', _ONES, dot)} + {_digits('tail', _SEQUENCE_END, dot)})"


def _swaps(column: str, mask: int, places: int = 1) -> str:
    """How many digits have changed places with the one so many places to their left; the mask names the right one of the two."""
    differ = _differing(_xor(f"a.{column}", f"b.{column}"))
    left = _differing(_xor(f"a.{column}", f"(b.{column} >> {4 * places})"))
    right = _differing(_xor(f"(a.{column} >> {4 * places})", f"b.{column}"))
    return f"bit_count(({differ} & {mask}) - ({differ} & ({left} | {right}) & {mask}))"


def _counted() -> str:
    """Both rows of each pair side by side, and what differs between their numbers."""
    inner = _ONES >> 4  # every neighbouring pair within a word
    typed = "a.kind IN (17, 18) AND b.kind IN (17, 18)"
    old = "a.kind = 15 OR b.kind = 15"
    sound = "a.kind = 18 AND b.kind = 18"
    return f"""
SELECT p.row_a, p.row_b, a.kind AS kind_a, b.kind AS kind_b, a.name AS name_a, b.name AS name_b,
 CASE WHEN a.written = b.written THEN 1 ELSE 0 END AS written_alike,
 CASE WHEN a.born = b.born THEN 1 ELSE 0 END AS same_born,
 CASE WHEN a.sex = b.sex THEN 1 ELSE 0 END AS same_sex,
 CASE WHEN a.district = b.district THEN 1 ELSE 0 END AS same_district,
 CASE WHEN a.address = b.address THEN 1 ELSE 0 END AS same_address,
 CASE WHEN a.name = b.name AND n.bearers <= {rules.RARE} THEN 1 ELSE 0 END AS same_rare_name,
 {_body()} AS body,
 CASE WHEN {typed} THEN {_digits("tail", _CHECK)} ELSE 0 END AS last,
 {_swaps("head", inner)} + {_swaps("tail", _SEQUENCE_END)}
 + CASE WHEN {old} OR ({sound}) THEN {_swaps("head", _AREA_TO_YEAR, 3)} ELSE 0 END AS body_swaps_seen,
 CASE WHEN {typed} THEN {_swaps("tail", _CHECK)} ELSE 0 END AS last_swaps_seen,
 CASE WHEN {old} THEN 1 ELSE 0 END AS old,
 CASE WHEN a.kind = 17 OR b.kind = 17 THEN 1 ELSE 0 END AS broken,
 CASE WHEN {sound} THEN 1 ELSE 0 END AS sound,
 CASE WHEN a.year = b.year AND a.day = b.day AND a.sequence <> b.sequence THEN 1 ELSE 0 END AS only_sequence
FROM {PAIRS} p JOIN {TABLE} a ON a.row = p.row_a JOIN {TABLE} b ON b.row = p.row_b LEFT JOIN bearers n ON n.name = a.name"""  # noqa: S608


def _compared() -> str:
    """Sums of the counts, and how the names differ."""
    equal, one_more = "length(name_a) = length(name_b)", "length({0}) = length({1}) + 1"
    return f"""
SELECT *, body + last AS digits,
 CASE WHEN 2 * body_swaps_seen <= body THEN body_swaps_seen ELSE 1 END AS body_swaps,
 CASE WHEN 2 * (body_swaps_seen + last_swaps_seen) <= body + last THEN body_swaps_seen + last_swaps_seen ELSE 1 END AS swaps,
 CASE WHEN name_a = name_b THEN 0
 WHEN {equal} AND ({_anywhere("name_a", "name_b", _replaced)}) THEN 1
 WHEN {one_more.format("name_a", "name_b")} AND ({_anywhere("name_a", "name_b", _missing)}) THEN 1
 WHEN {one_more.format("name_b", "name_a")} AND ({_anywhere("name_b", "name_a", _missing)}) THEN 1 ELSE 2 END AS name_edits,
 CASE WHEN {equal} AND name_a <> name_b AND ({_anywhere("name_a", "name_b", _turned)}) THEN 1 ELSE 0 END AS name_turned
FROM counted"""  # noqa: S608


def _anywhere(one: str, other: str, slip: Callable[[str, str, int], str]) -> str:
    """Whether the slip explains all of the difference between two names, at some place."""
    return " OR ".join(
        f"(length({one}) >= {place} AND substr({one}, 1, {place - 1}) = substr({other}, 1, {place - 1}) AND {slip(one, other, place)})"
        for place in range(1, _LONGEST_NAME + 1)
    )


def _replaced(one: str, other: str, place: int) -> str:
    return f"substr({one}, {place + 1}) = substr({other}, {place + 1})"


def _missing(one: str, other: str, place: int) -> str:
    return f"substr({one}, {place + 1}) = substr({other}, {place})"


def _turned(one: str, other: str, place: int) -> str:
    crossed = f"substr({one}, {place}, 1) = substr({other}, {place + 1}, 1) AND substr({one}, {place + 1}, 1) = substr({other}, {place}, 1)"
    return f"{crossed} AND substr({one}, {place + 2}) = substr({other}, {place + 2})"


def _case(column: str, of: list[tuple[str, str]], otherwise: str = "NULL") -> str:
    lines = " ".join(f"WHEN {condition} THEN {value}" for condition, value in of)
    return f"CASE {lines} ELSE {otherwise} END AS {column}"


def _classed() -> str:
    """The first slip that holds for the numbers, and for the names."""
    given = "kind_a <> 0 AND kind_b <> 0"
    numbers = [(f"{given} AND {one.condition}", one) for one in rules.NUMBERS]
    return f"""
SELECT *, {_case("number_code", [(condition, f"'{one.code}'") for condition, one in numbers])},
 {_case("number_slips", [(condition, str(one.slips)) for condition, one in numbers], "9")},
 {_case("number_score", [(condition, str(one.score)) for condition, one in numbers], "0")},
 {_case("name_code", [(one.condition, f"'{one.code}'") for one in rules.NAMES])},
 {_case("name_slips", [(one.condition, str(one.slips)) for one in rules.NAMES], "9")},
 {_case("name_less", [(one.condition, str(one.less)) for one in rules.NAMES], "0")}
FROM compared"""  # noqa: S608


def _judged() -> str:
    """Which list a pair stands on, if any."""
    supported = "same_address = 1 OR (only_sequence = 0 AND (same_district = 1 OR same_rare_name = 1))"
    same_name = "name_slips = 0"
    return f"""
SELECT *, CASE
 WHEN number_code = 'number' OR number_code = 'old' THEN '{rules.LIKELY}'
 WHEN number_slips + name_slips > {rules.MOST_SLIPS} THEN CASE WHEN same_born = 1 AND {same_name} THEN '{rules.HOMONYM}' END
 WHEN sound = 1 AND NOT ({same_name} AND ({supported})) THEN CASE WHEN {same_name} THEN '{rules.HOMONYM}' END
 ELSE '{rules.LIKELY}' END AS listing
FROM classed"""  # noqa: S608


def _rule() -> str:
    """The codes of number and name, joined; what is the same is left out, unless all is."""
    return f"""CASE WHEN listing = '{rules.HOMONYM}' THEN '{rules.HOMONYM}'
 WHEN name_code = 'name' THEN number_code
 WHEN number_code = 'number' THEN concat_ws('+', 'number', name_code)
 ELSE concat_ws('+', number_code, name_code) END"""


def _score() -> str:
    support = " + ".join(f"{points} * same_{code}" for code, points in rules.SUPPORT)
    return f"""CASE WHEN listing = '{rules.HOMONYM}' THEN {rules.HOMONYM_SCORE} + 3 * ({support})
 WHEN number_code = 'number' AND name_code = 'name' THEN 100
 ELSE least({rules.MOST}, number_score - name_less + {support}) END"""


def _evidence() -> str:
    """What speaks for and against the pair, as codes."""
    codes = [
        ("number_code IS NOT NULL", "number_code"),
        ("number_code IS NULL", "'unrelated'"),
        ("TRUE", "name_code"),
        ("broken = 1", "'check_fails'"),
        ("sound = 1 AND digits > 0", "'both_sound'"),
        ("same_born = 1", "'same_birth'"),
        *((f"same_{code} = 1", f"'same_{code}'") for code, _ in rules.SUPPORT),
    ]
    return "concat_ws(',', " + ", ".join(f"CASE WHEN {condition} THEN {value} END" for condition, value in codes) + ")"
