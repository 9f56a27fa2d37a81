"""``renda election rehearse``: a whole election on made-up voters in a place of its own, then thrown away."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, say
from renda.elections.commands.options import Number

if TYPE_CHECKING:
    from renda.elections.rehearsal.place import Place

FACTS = {
    "districts": "选区", "seats": "名额", "rows": "行", "bytes": "字节", "eligible": "列入", "under_age": "未满十八周岁", "wrong_number": "证件号有误",
    "duplicate": "重复行", "deprived": "剥夺政治权利", "pairs": "疑似重复", "homonyms": "同名同生日", "same": "判为同一人", "registered": "登记选民",
    "lists": "名单", "voters": "选民", "late_days": "逾期天数", "nominees": "候选人", "rounds": "轮次", "disputed": "两组不一致", "participants": "参加投票",
    "tie": "再次投票", "rerun": "另行选举", "first": "重新投票", "elected": "当选", "vacant": "空缺", "published": "公布", "mandates": "代表职务",
    "parts": "档案份数", "entries": "日志",
}  # fmt: skip


@click.command(short_help="用虚构的选民把整个选举演练一遍")
@click.option("--voters", type=Number(1), default=3_000, show_default=True, help="虚构多少名选民，如 300000。")
@click.option("--districts", type=Number(1), help="划多少个选区；不写则每 2500 名选民一个。")
@click.option("--keep", is_flag=True, help="演练后不删除，留着查看。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@click.pass_context
def rehearse(ctx: click.Context, voters: int, districts: int | None, keep: bool, as_json: bool) -> None:
    """从名额、登记、提名、投票、计票到代表资格审查和归档，用虚构的选民演练一遍，随后全部删除。

    演练在单独的文件夹和单独的数据库中进行，不打开本单位的数据。有几个选区特意安排了得票相等、当选人不足和参加投票不过半。
    哪一项的数字对不上，退出状态为 1。
    """
    from renda.elections.rehearsal.place import throw_away
    from renda.elections.rehearsal.state import Size

    try:
        size = Size.of(voters, districts)
    except ValueError as error:
        fail(str(error))
    with _ended_in_order(), throw_away(keep=keep) as place:
        report = _gone_through(place, size.voters, size.districts)
        sign_ins = report.pop("sign_ins")
        if keep:
            report["sign_ins"] = sign_ins
            report["folder"] = str(place.folder)
    if as_json:
        emit_json(report)
    else:
        _show(report)
    if not report["ok"]:
        ctx.exit(1)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """A request to end is answered as Ctrl-C is: what was made is removed first."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _gone_through(place: Place, voters: int, districts: int) -> dict[str, Any]:
    """What the process that works there reports. Failure where it could not go on."""
    command = [sys.executable, "-X", "utf8", "-m", "renda.elections.rehearsal", str(voters), str(districts)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    process: subprocess.Popen[str] = subprocess.Popen(command, env=place.environment(), pass_fds=(place.lock,), **pipes)  # type: ignore[call-overload]
    try:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            kind = told.pop("kind")
            if kind == "report":
                return dict(told)
            if kind == "fault":
                fail(f"演练没有做完：{told['message']}")
            _tell(kind, told)
    finally:
        process.terminate()
        process.wait()
    return fail(f"演练没有做完：进程中断（退出状态 {process.returncode}）。请检查内存和磁盘空间后重试。")


def _tell(kind: str, told: dict[str, Any]) -> None:
    if kind == "part":
        facts = "，".join(f"{FACTS.get(name, name)} {number}" for name, number in told["facts"].items())
        say(f"{told['title']}\t{told['seconds']:.1f} 秒\t{facts}")
    else:
        say(f"  {told['done']}{'/' + str(told['total']) if told['total'] else ''} 行 {told['what']}")


def _show(report: dict[str, Any]) -> None:
    for one in report["checks"]:
        if not one["ok"]:
            click.echo(f"不符：{one['name']}，应为 {one['expected']}，实为 {one['found']}")
    seconds = sum(one["seconds"] for one in report["parts"])
    held = sum(one["ok"] for one in report["checks"])
    click.echo(
        f"选民 {report['voters']} 人，选区 {report['districts']} 个，名额 {report['seats']} 名，当选 {report['elected']} 名；"
        f"用时 {seconds:.0f} 秒，{len(report['checks'])} 项核对中 {held} 项相符。"
    )
    if "folder" in report:
        click.echo(
            f"演练的数据保留在 {report['folder']}，用 RENDA_DATA={report['folder']} renda serve 查看；看完请删除这个文件夹。"
        )
        click.echo("登录名和初始密码：" + "，".join(f"{name} {password}" for name, password in report["sign_ins"].items()))
    else:
        click.echo("演练的数据已经删除。")
