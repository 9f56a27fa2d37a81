"""The command line: `renda CMD …`. Each command is loaded only when it is called, so `--help` is instant."""

from pathlib import Path
from typing import Any

import click

from renda import __version__
from renda.core.commands import run

# Name → where the command is, and what it does. A command whose module is not there is not offered.
COMMANDS = {
    "demo": ("renda.demo.cli:demo", "装入示范县并启动网站"),
    "serve": ("renda.core.serving:serve", "启动网站和后台任务"),
    "work": ("renda.core.serving:work", "只承担后台任务"),
    "stop": ("renda.core.upkeep:stop", "结束内置数据库"),
    "backup": ("renda.upkeep.cli:backup", "备份：数据库、文件，密钥另放"),
    "restore": ("renda.upkeep.cli:restore", "从备份恢复"),
    "migrate": ("renda.core.upkeep:migrate", "建立或更新数据库结构"),
    "ledgers": ("renda.ledgers.cli:ledgers", "台账：模板、导入、导出"),
    "figures": ("renda.figures.cli:figures", "指标：目录、取数、依据"),
    "report": ("renda.reports.cli:report", "报告：识别上年报告中的数字"),
    "remind": ("renda.web.remind:remind", "到期提醒：每人每个身份该办的"),
    "law": ("renda.lawbook.cli:law", "法律参数、期限、本县的选择"),
    "election": ("renda.elections.commands:election", "选举：名额、日程、候选人差额、计票、演练"),
    "roll": ("renda.elections.commands.roll:roll", "选民登记册：导入、查重、增减、导出"),
    "letters": ("renda.documents.cli:letters", "文书：占位符，导出自带的模板"),
    "directory": ("renda.directory.cli:directory", "区划、机构、人员、账号"),
    "files": ("renda.files.cli:files", "附件：加密以前上传的"),
    "journal": ("renda.journal.cli:journal", "日志：查阅与校验"),
    "keys": ("renda.directory.keys_cli:keys", "加密密钥：查看、更换"),
    "check": ("renda.core.checking_cli:check", "检查数据是否自相一致、部署是否妥当"),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command whose module is there, in the table's order."""
        return [name for name, (target, _) in COMMANDS.items() if _there(target)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None where the table has no such name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        import importlib

        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone."""
        with formatter.section("命令"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _there(target: str) -> bool:
    module = target.partition(":")[0].split(".")[1:]
    place = Path(__file__).parent.joinpath(*module)
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__)
def cli(**_: Any) -> None:
    """县级人大工作平台。数据文件夹由环境变量 RENDA_DATA 指定；用 `renda 命令 --help` 查看各命令。"""


def main() -> None:
    """Entry point of the console script."""
    run(cli)
