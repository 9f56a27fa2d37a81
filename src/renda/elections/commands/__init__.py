"""``renda election``: what the law decides in an election, for people and for programs, and its rehearsal. Needs no records of the office."""

from __future__ import annotations

import click

from renda.elections.commands.calendars import calendar
from renda.elections.commands.candidates import check_candidates
from renda.elections.commands.counting import count, count_template
from renda.elections.commands.quotas import quota
from renda.elections.commands.rehearse import rehearse

__all__ = ["election"]


@click.group()
def election() -> None:
    """选举：代表名额、法定日程、候选人差额、计票结果、演练。"""


for _command in (quota, calendar, check_candidates, count, count_template, rehearse):
    election.add_command(_command)
