"""``renda roll``: the roll of an election brought in, searched for duplicates, compared with the last one, written out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records, say
from renda.elections.commands.tokens import COMMANDS as TOKEN_COMMANDS

if TYPE_CHECKING:
    from renda.elections.models import Election

SOURCES = ("household", "employer", "school", "station")
for_election = click.option("--election", "election_id", type=int, required=True, metavar="ID", help="选举的编号。")
as_json = click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")


@click.group()
def roll() -> None:
    """选民登记册：导入名单、查重、增减、导出、与外县比对。"""


for _command in TOKEN_COMMANDS:
    roll.add_command(_command)


def election_of(pk: int) -> Election:
    """The election whose roll it is. Failure where there is none."""
    from renda.elections.models import Election

    found = Election.objects.alive().filter(pk=pk).first()
    if found is None:
        known = "、".join(f"{one.pk}（{one.name}）" for one in Election.objects.alive().order_by("-election_day")[:5])
        fail(f"没有编号为 {pk} 的选举。" + (f"现有：{known}。" if known else "请先登记选举。"))
    return found


@roll.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@for_election
@click.option("--source", type=click.Choice(SOURCES), default="household", show_default=True, help="名单的来源。")
@click.option("--district", "district_id", type=int, metavar="ID", help="没有写选区的行归入这个选区。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="没有列入的行写到这份工作簿（证件号遮掩）。")
@as_json
@needs_records
def import_(
    files: tuple[Path, ...],
    election_id: int,
    source: str,
    district_id: int | None,
    dry_run: bool,
    rejects: Path | None,
    as_json: bool,
) -> None:
    """把户籍资料、单位或学校名册、登记站名单导入登记册，每一行都有去向。"""
    from renda.directory.gate import OPERATOR
    from renda.elections.roll.importing import NotImportable, Options, import_files
    from renda.elections.roll.reading import Given
    from renda.elections.roll.rejects import write_rejects
    from renda.ledgers.reading import UnreadableFile

    for file in files:
        if not file.is_file():
            fail(f"找不到文件“{file.name}”，请核对路径。")
    election = election_of(election_id)
    _district(election, district_id)
    options = Options(source, district_id, dry_run)
    try:
        report, work = import_files(
            election, [Given(file.name, file) for file in files], actor=OPERATOR, options=options, progress=_progress
        )
    except (UnreadableFile, NotImportable) as error:
        fail(str(error))
    if rejects is not None and write_rejects(rejects, work):
        report.rejects = str(rejects)
    if as_json:
        emit_json({"election": election.pk, "source": source, **report.as_dict()})
    else:
        _print(report.as_dict())


def _district(election: Election, pk: int | None) -> None:
    from renda.elections.roll.places import smallest

    if pk is not None and not smallest(election).filter(pk=pk).exists():
        fail(f"这次选举没有编号为 {pk} 的选区，或它分为更小的选区。")


def _progress(done: int, total: int, what: str) -> None:
    say(f"{done}{f'/{total}' if total else ''} 行 {what}")


def _print(result: dict[str, Any]) -> None:
    from renda.elections.roll.outcomes import OUTCOMES, WORDS

    for sheet in result["sheets"]:
        told = sheet["left_out"] or f"读取 {sheet['read']} 行"
        click.echo(f"{sheet['file']}／{sheet['sheet']}：{told}")
    counts = "，".join(f"{WORDS[code]} {result[code]}" for code in OUTCOMES if result[code])
    click.echo(f"共读取 {result['read']} 行" + (f"：{counts}。" if counts else "。"))
    if result["in_pool"]:
        click.echo(f"其中 {result['in_pool']} 人没有写选区，待划入选区。")
    if result["dry_run"]:
        click.echo("试导入，没有写入。")
    if result["rejects"]:
        click.echo(f"没有列入的行和原因见：{result['rejects']}")


@roll.command()
@for_election
@as_json
@needs_records
def duplicates(election_id: int, as_json: bool) -> None:
    """查找疑似重复登记的人，列入待核对名单。"""
    from renda.elections.roll import searching

    election = election_of(election_id)
    found = searching.search(election, _progress)
    result = {"election": election.pk, **found.as_dict(), "waiting": searching.waiting(election)}
    if as_json:
        emit_json(result)
        return
    waiting = result["waiting"]
    click.echo(f"核对 {found.voters} 人：疑似重复 {found.likely} 对，同名同生日 {found.homonyms} 对，其中新发现 {found.new} 对。")
    click.echo(f"待核对：疑似重复 {waiting['likely']} 对，同名同生日 {waiting['homonyms']} 对。")  # type: ignore[index]


@roll.command()
@for_election
@click.option("--carry", is_flag=True, help="先沿用上届选民（已在册的不变）。")
@as_json
@needs_records
def changes(election_id: int, carry: bool, as_json: bool) -> None:
    """与上届登记册比对，按法定缘由列出增减。"""
    from renda.directory.gate import OPERATOR
    from renda.elections.models import Entry, WhyOff
    from renda.elections.roll import changes as changing
    from renda.elections.roll.services import Refused

    election = election_of(election_id)
    taken = 0
    if carry:
        try:
            taken = changing.carry_forward(election, actor=OPERATOR)
        except Refused as refusal:
            fail(str(refusal))
    found = changing.changes(election)
    districts = [{"district": pk, **counts} for pk, counts in found.pop("districts").items()]
    if as_json:
        emit_json({"election": election.pk, "carried": taken, **found, "districts": districts})
        return
    if carry:
        click.echo(f"沿用上届选民 {taken} 人。")
    for title, words, counts in (("新增", Entry, found["added"]), ("除名", WhyOff, found["removed"])):
        told = "，".join(f"{words(code).label} {n}" for code, n in counts.items() if n and code)
        click.echo(f"{title} {sum(counts.values())} 人" + (f"：{told}" if told else "") + "。")
    if found["missing"]:
        click.echo(f"上届在册、本届还没有的 {found['missing']} 人。")


@roll.command()
@for_election
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--district", default="", metavar="ID", help="只导出这个选区。")
@click.option("--reason", default="", help="写明事由后连同身份证号、电话、住址一起导出，事由记入日志。")
@as_json
@needs_records
def export(target: Path, election_id: int, district: str, reason: str, as_json: bool) -> None:
    """把登记册写成工作簿，一个选区一张表；不写事由的不含身份证号。"""
    from renda.directory.gate import OPERATOR
    from renda.elections.roll.exporting import export as write
    from renda.elections.roll.listing import Asked

    election = election_of(election_id)
    content, count = write(election, Asked(district=district), actor=OPERATOR, reason=reason)
    target.touch(mode=0o600)
    target.write_bytes(content)
    if as_json:
        emit_json({"election": election.pk, "file": str(target), "voters": count, "numbers": bool(reason.strip())})
    else:
        click.echo(f"已写好 {target}，共 {count} 人。")
