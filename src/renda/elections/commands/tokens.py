"""``renda roll token-key | tokens | match-tokens | token-slip``: double registration between counties, without a shared voter database."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renda.core import clock
from renda.core.commands import emit_json, fail, needs_records
from renda.law.cli import DAY

if TYPE_CHECKING:
    from renda.elections.matching.slips import Meeting

GRADE_WORDS = {"same_number": "身份证号相同", "near": "姓名相同、证件号相近", "homonym": "仅姓名和出生日期相同"}
FILE = click.Path(dir_okay=False, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
for_election = click.option("--election", "election_id", type=int, required=True, metavar="ID", help="选举的编号。")


@click.command("token-key")
@click.argument("out", type=FILE)
@click.option("--exercise", required=True, help="这一轮比对的名称，如“2026 年换届选举”。")
@click.option("--expires", type=DAY, required=True, help="到期日；过后不能再导出或比对。")
@as_json
def token_key(out: Path, exercise: str, expires: date, as_json: bool) -> None:
    """第三方用：为一轮比对制作密钥，发给各县；旁边的 .pub 文件发给负责比对的单位。"""
    from renda.elections.matching.exchange import ExerciseKey, TokenFault, require_in_time

    try:
        require_in_time(exercise, expires, clock.today())
        key = ExerciseKey.make(exercise, expires)
        key.write(out)
    except TokenFault as fault:
        fail(str(fault))
    public = f"{out}.pub"
    if as_json:
        emit_json(
            {"exercise": exercise, "expires": expires, "key": key.public.hex()[:16], "file": str(out), "public_file": public}
        )
        return
    click.echo(f"密钥（保密，发给各县，到期销毁）：{out}")
    click.echo(f"公钥（发给负责比对的单位）：{public}")


@click.command("tokens")
@click.argument("out", type=FILE)
@for_election
@click.option("--key-file", type=FILE, required=True, help="第三方发来的本轮密钥。")
@click.option("--origin", help="文件中写的本县名称；不写则为选举所在区划。")
@as_json
@needs_records
def tokens(out: Path, election_id: int, key_file: Path, origin: str | None, as_json: bool) -> None:
    """导出登记册的比对标记：不含姓名和证件号，没有密钥的人还原不出。"""
    from renda.directory.gate import OPERATOR
    from renda.elections.commands.roll import election_of
    from renda.elections.matching.county import export
    from renda.elections.matching.exchange import ExerciseKey, TokenFault

    election = election_of(election_id)
    try:
        key = ExerciseKey.read(key_file, clock.today())
        count = export(election, key, out, origin=origin or str(election.division), actor=OPERATOR)
    except TokenFault as fault:
        fail(str(fault))
    if as_json:
        emit_json({"election": election.pk, "exercise": key.exercise, "expires": key.expires, "voters": count, "file": str(out)})
        return
    click.echo(f"已导出 {count} 名选民的比对标记：{out}（“{key.exercise}”，{key.expires} 到期）。")
    click.echo("请把它交给负责比对的单位，不要交给保管密钥的一方；密钥用完即销毁。")


@click.command("match-tokens")
@click.argument("a", type=FILE)
@click.argument("b", type=FILE)
@click.option("--public-file", type=FILE, help="第三方公布的本轮公钥（.pub），用来核对两个文件。")
@click.option("--slips", type=click.Path(file_okay=False, path_type=Path), help="把给两县的结果单写到这个文件夹。")
@as_json
def match_tokens(a: Path, b: Path, public_file: Path | None, slips: Path | None, as_json: bool) -> None:
    """比对两个县的标记文件。不需要密钥，也不需要登记册；结果只有两县各自的编号。"""
    from renda.elections.matching import exchange
    from renda.elections.matching.slips import meet, read_both, slips_of

    try:
        public = exchange.read_public(public_file) if public_file else None
        one, other = read_both(a, b, clock.today(), public)
        meetings = meet(one, other)
        written = [slips / f"slip-{file.digest[:12]}.json" for file in (one, other)] if slips else []
        if slips:
            slips.mkdir(parents=True, exist_ok=True)
        for path, slip in zip(written, slips_of(one, other, meetings), strict=False):
            slip.write(path)
    except exchange.TokenFault as fault:
        fail(str(fault))
    counts = Counter(meeting.grade for meeting in meetings)
    if as_json:
        files = [{"origin": file.origin, "voters": file.count, "sha256": file.digest} for file in (one, other)]
        told = {"exercise": one.exercise, "expires": one.expires, "files": files, "counts": {g: counts[g] for g in GRADE_WORDS}}
        emit_json({**told, "matches": [_plain(meeting) for meeting in meetings], "slips": [str(path) for path in written]})
        return
    click.echo(f"{one.origin} {one.count} 人，{other.origin} {other.count} 人，“{one.exercise}”。")
    for grade, words in GRADE_WORDS.items():
        click.echo(f"{words}：{counts[grade]}")
    for path, file in zip(written, (one, other), strict=False):
        click.echo(f"给{file.origin}的结果单：{path}")


@click.command("token-slip")
@click.argument("slip_file", metavar="SLIP", type=FILE)
@for_election
@as_json
@needs_records
def token_slip(slip_file: Path, election_id: int, as_json: bool) -> None:
    """把比对结果单还原为本县的选民（姓名遮掩），逐人与对方县核实。"""
    from renda.directory.gate import OPERATOR
    from renda.elections.commands.roll import election_of
    from renda.elections.matching.county import resolve
    from renda.elections.matching.exchange import TokenFault
    from renda.elections.matching.slips import Slip

    election = election_of(election_id)
    try:
        slip = Slip.read(slip_file, clock.today())
        found = resolve(election, slip, actor=OPERATOR)
    except TokenFault as fault:
        fail(str(fault))
    if as_json:
        rows = [vars(one) for one in found]
        emit_json({"election": election.pk, "exercise": slip.exercise, "other": slip.other, "voters": rows})
        return
    for one in found:
        click.echo(f"{one.voter}\t{one.name}\t{one.district}\t{GRADE_WORDS[one.grade]}\t{one.other} {one.other_reference}")
    click.echo(f"共 {len(found)} 项。仅姓名和出生日期相同的多是两个人；认定重复须由人核实，任何一方都不自动除名。")


def _plain(meeting: Meeting) -> dict[str, Any]:
    return {"a": meeting.a, "b": meeting.b, "grade": meeting.grade, "kinds": list(meeting.kinds)}


COMMANDS = (token_key, tokens, match_tokens, token_slip)
