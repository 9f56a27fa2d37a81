"""Tokens, their files and slips: who meets, what is refused, and what can be learnt without the key."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from renda.core.cells.identity import check_character
from renda.elections.matching import exchange
from renda.elections.matching.exchange import ExerciseKey, TokenFault, read_tokens, write_tokens
from renda.elections.matching.slips import Slip, meet, read_both, slips_of
from renda.elections.matching.tokens import KINDS, TOKEN_BYTES, Subkeys, tokens

TODAY, EXPIRES = date(2026, 11, 1), date(2026, 12, 31)
NUMBER = "34052419800101001X"
Voters = list[tuple[str, str | None]]


def sound(first17: str) -> str:
    return first17 + check_character(first17)


def frame(voters: Voters) -> pa.Table:
    names, numbers = [v[0] for v in voters], [v[1] for v in voters]
    return pa.table({"voter_id": list(range(len(voters))), "name": names, "number": pa.array(numbers, pa.string())})


@pytest.fixture
def key() -> ExerciseKey:
    return ExerciseKey.make("2026年换届", EXPIRES)


@pytest.fixture
def county(tmp_path: Path, key: ExerciseKey) -> Callable[..., Path]:
    """Writes a county's token file; references are the voters' places, so that tests can tell them."""

    def make(origin: str, voters: Voters, under: ExerciseKey = key, file: str = "") -> Path:
        path = tmp_path / (file or f"{origin}.tokens")
        records = [(int(place).to_bytes(8, "big"), made) for place, made in tokens(frame(voters), under.subkeys)]
        write_tokens(path, under, origin, "2026-11-01T08:00:00+00:00", records)
        return path

    return make


def met(a: Path, b: Path) -> list[tuple[int, int, str]]:
    return [(int(one.a, 16), int(one.b, 16), one.grade) for one in meet(*read_both(a, b, TODAY))]


@pytest.mark.parametrize(
    ("other", "grade"),
    [
        (("王小芳", NUMBER), "same_number"),
        (("李大山", NUMBER), "same_number"),
        (("王小芳", "340524800101001"), "same_number"),
        (("王　小芳", " 340524-19800101-001x"), "same_number"),
        (("王小芳", sound("34052419800107001")), "near"),
        (("王小芳", "34052419800110001X"), "near"),
        (("王小芳", sound("34052419800101071")), "near"),
        (("王小芳", sound("34052519800101001")), "near"),
        (("王小芳", sound("51010519800101777")), "homonym"),
        (("王小兰", sound("34052419800101003")), None),
        (("王小方", sound("34052419800107001")), None),
    ],
)
def test_who_meets_and_how_sure_it_is(county: Callable[..., Path], other: tuple[str, str], grade: str | None) -> None:
    a, b = county("清河县", [("周某", sound("11010119700101001")), ("王小芳", NUMBER)]), county("白河县", [other])
    assert met(a, b) == ([(1, 0, grade)] if grade else [])


def test_who_has_no_number_meets_by_name_and_birth_date_and_nobody_else(county: Callable[..., Path]) -> None:
    assert met(county("甲", [("王小芳", None), ("王小芳", "")]), county("乙", [("王小芳", None)])) == []


def test_slips_tell_each_county_its_own_references(county: Callable[..., Path], tmp_path: Path) -> None:
    a = county("清河县", [("周某", sound("11010119700101001")), ("王小芳", NUMBER)])
    b = county("白河县", [("王小芳", NUMBER)])
    one, other = read_both(a, b, TODAY)
    for slip, mine in zip(slips_of(one, other, meet(one, other)), (1, 0), strict=True):
        path = tmp_path / f"{slip.origin}.json"
        slip.write(path)
        assert Slip.read(path, TODAY) == slip
        assert [int(meeting.a, 16) for meeting in slip.meetings] == [mine]
        assert NUMBER[:14] not in path.read_text()
        assert "王小芳" not in path.read_text()
    path.chmod(0o600)
    path.write_text(path.read_text().replace("same_number", "homonym"))
    with pytest.raises(TokenFault, match="改动过"):
        Slip.read(path, TODAY)
    with pytest.raises(TokenFault, match="到期"):
        Slip.read(tmp_path / "清河县.json", date(2027, 1, 1))


def test_files_hold_nothing_plain_and_only_their_owner_reads_them(county: Callable[..., Path]) -> None:
    content = (path := county("清河县", [("王小芳", NUMBER)])).read_bytes()
    head, _, body = content.partition(b"\n")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not [piece for piece in (NUMBER, NUMBER[:6], "19800101", "王小芳", "王") if piece.encode() in body]
    assert set(json.loads(head)) == {"format", "exercise", "expires", "public", "origin", "made", "count", "kinds"}


def test_no_number_can_be_guessed_without_the_key(county: Callable[..., Path], key: ExerciseKey) -> None:
    held = read_tokens(county("清河县", [("王小芳", NUMBER)]), TODAY)
    seen = {held.records[at : at + TOKEN_BYTES] for at in range(8, len(held.records), TOKEN_BYTES)}
    assert len(seen) == len(KINDS)
    public = [b"", held.exercise.encode(), held.origin.encode(), held.public, hashlib.sha256(held.exercise.encode()).digest()]
    for text in (NUMBER, f"王小芳|{NUMBER[6:14]}", f"number|{NUMBER}"):
        for algorithm in ("sha256", "sha512", "sm3" if "sm3" in hashlib.algorithms_available else "sha1"):
            guesses = [hashlib.new(algorithm, text.encode()).digest()]
            guesses += [hashlib.new(algorithm, salt + text.encode()).digest() for salt in public]
            guesses += [hmac.digest(salt, text.encode(), algorithm) for salt in public]
            assert not seen & {guess[:TOKEN_BYTES] for guess in guesses}
    guessed = hmac.digest(key.subkeys.of_kind[0], NUMBER.encode(), "sha256")[:TOKEN_BYTES]
    assert guessed in seen, "with the key a number can be tried: that is why whoever compares may not have it"


def test_tokens_of_two_exercises_or_kinds_have_nothing_in_common(key: ExerciseKey) -> None:
    people = frame([("王小芳", NUMBER)])
    again = Subkeys.derive(key.secret, "2027年补选")
    assert dict(tokens(people, key.subkeys)) == dict(tokens(people, Subkeys.derive(key.secret, key.exercise)))
    assert dict(tokens(people, key.subkeys)) != dict(tokens(people, again))
    assert not set(key.subkeys.of_kind) & set(again.of_kind)
    assert len(set(key.subkeys.of_kind)) == len(KINDS)


def test_another_key_another_exercise_or_one_and_the_same_file_is_refused(county: Callable[..., Path], key: ExerciseKey) -> None:
    a = county("清河县", [("王小芳", NUMBER)])
    other_key = ExerciseKey.make(key.exercise, EXPIRES)
    other_exercise = ExerciseKey("2027年补选", EXPIRES, key.secret, key.signing)
    for under, told in ((other_key, "密钥不同"), (other_exercise, "不是同一轮")):
        with pytest.raises(TokenFault, match=told):
            read_both(a, county("白河县", [("王小芳", NUMBER)], under, told), TODAY)
    with pytest.raises(TokenFault, match="同一个文件"):
        read_both(a, a, TODAY)
    with pytest.raises(TokenFault, match="第三方公布"):
        read_both(a, county("白河县", [("王小芳", NUMBER)]), TODAY, other_key.public)


@pytest.mark.parametrize("place", ["head", "record", "signature", "cut", "longer"])
def test_a_file_that_was_changed_is_refused(county: Callable[..., Path], place: str) -> None:
    path = county("清河县", [("王小芳", NUMBER), ("周某", sound("11010119700101001"))])
    content = path.read_bytes()
    start = content.index(b"\n") + 1
    changed = {
        "head": content.replace("清河县".encode(), "黑河县".encode()),
        "record": content[: start + 20] + bytes([content[start + 20] ^ 1]) + content[start + 21 :],
        "signature": content[:-1] + bytes([content[-1] ^ 1]),
        "cut": content[: start + 88] + content[-64:],
        "longer": content[:start] + content[start : start + 88] + content[start:],
    }[place]
    path.write_bytes(changed)
    with pytest.raises(TokenFault, match="签名不对"):
        read_tokens(path, TODAY)


def test_an_expired_exercise_is_over(county: Callable[..., Path], key: ExerciseKey, tmp_path: Path) -> None:
    path = county("清河县", [("王小芳", NUMBER)])
    with pytest.raises(TokenFault, match="到期"):
        read_tokens(path, date(2027, 1, 1))
    key.write(tmp_path / "key.json")
    assert ExerciseKey.read(tmp_path / "key.json", EXPIRES) == key
    with pytest.raises(TokenFault, match="到期"):
        ExerciseKey.read(tmp_path / "key.json", date(2027, 1, 1))


def test_the_key_is_for_its_owner_alone_and_its_public_half_holds_no_secret(key: ExerciseKey, tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    key.write(path)
    assert path.stat().st_mode & 0o777 == 0o600
    public = (tmp_path / "key.json.pub").read_text()
    said = json.loads(path.read_text())
    assert said["secret"] not in public
    assert said["signing"] not in public
    assert exchange.read_public(tmp_path / "key.json.pub") == key.public
    with pytest.raises(TokenFault, match="已经存在"):
        key.write(path)


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04", b'{"format": "renda-tokens/0"}\n', "一二三".encode() * 3000])
def test_other_files_are_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    for read in (read_tokens, ExerciseKey.read, Slip.read):
        with pytest.raises(TokenFault, match="other"):
            read(path, TODAY)  # type: ignore[operator]
        with pytest.raises(TokenFault, match="nowhere"):
            read(tmp_path / "nowhere", TODAY)  # type: ignore[operator]
