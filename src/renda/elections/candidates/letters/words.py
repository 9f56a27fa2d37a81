"""The announcements of an election: what each is, what it rests on, its placeholders, and whether it is of one district."""

from __future__ import annotations

from dataclasses import dataclass

from renda.documents.registry import Word

KIND = "announcement"
COMMON = (
    Word("发文机关", "选举委员会的名称", "清河县选举委员会"),
    Word("公告号", "公告在本次选举中的编号", "3"),
    Word("选举名称", "选举的名称", "清河县第十三届人民代表大会代表选举"),
    Word("选举日", "选举日", "2026年12月29日"),
    Word("成文日期", "发布的日期", "2026年11月20日"),
    Word("依据", "所依据的条款；没有的为空", "《选举法》第三十二条第一款"),
)
MORE = Word("补充内容", "另外要写明的，每段一行", (), asked=True, many=True)
DISTRICT = Word("选区", "公告所涉及的选区；全部选区的为空", "第一选区")
NAMES = Word("候选人", "每人一行：姓名和基本情况", ("丁香，女，汉族，1980年5月出生，石桥村村民委员会主任。",), many=True)
ORDER = Word("排列", "名单的排列顺序", "以姓氏笔画为序")


@dataclass(frozen=True)
class Kind:
    """One announcement. ``basis`` are the parameters whose articles it rests on; ``due`` the legal day it has to keep, if any.

    ``of_district``: always of one district. ``often``: may be issued again while an earlier one stands.
    """

    code: str
    name: str
    basis: tuple[str, ...]
    words: tuple[Word, ...]
    due: str = ""
    of_district: bool = False
    often: bool = False
    only: str = ""
    """``general`` or ``by_election``: the elections it is for."""

    @property
    def template(self) -> str:
        """The code of its template."""
        return f"{KIND}.{self.code}"

    @property
    def asked(self) -> tuple[Word, ...]:
        """What its maker fills in."""
        return tuple(word for word in (*self.words, MORE) if word.asked)


def _lines(name: str, about: str, *sample: str) -> Word:
    return Word(name, about, sample, many=True)


KINDS = (
    Kind(
        "committee", "成立选举委员会", ("elec.committee.county.appointed_by",),
        (
            Word("任命机关", "任命选举委员会的机关", "清河县人大常委会"), Word("任命日期", "任命的日期", "2026年8月31日"),
            _lines("组成人员", "每人一行", "主任：王建国", "副主任：李秀英"), Word("办公地址", "选举委员会的地址", "县府路1号"),
            Word("联系电话", "选举委员会的电话", "0577-60000000"),
        ),
    ),
    Kind("seats", "代表名额", ("elec.quota.county.decider",), (_lines("名额", "每级代表大会一行", "清河县人民代表大会代表 190 名。"),), only="general"),
    Kind(
        "districts", "划分选区和分配名额", ("elec.district.basis", "elec.district.seats"),
        (
            Word("选区数", "选区的数目", "86"), Word("名额合计", "各选区应选名额之和", "190"),
            _lines("选区一览", "每个选区一行", "第一选区：石桥村、柳溪村，应选代表 2 名。"),
        ),
    ),
    Kind(
        "registration", "选民登记", ("elec.voter.age", "elec.voter.validity"),
        (
            Word("登记时间", "登记的起止日期", "2026年9月20日至10月20日"), Word("出生日期", "最晚的出生日期", "2008年12月29日"),
            _lines("登记站", "每个登记站一行", "城南社区登记站：城南街12号"),
        ),
    ),
    Kind("election_day", "选举日", ("elec.committee.duties",), ()),
    Kind(
        "nomination", "推荐代表候选人", ("elec.cand.nominator.voters", "elec.cand.nominator.limit"),
        (
            Word("联名人数", "联名推荐至少须有的选民人数", "10"), Word("初步名单期限", "初步候选人名单最迟公布的日期", "2026年12月14日"),
            Word("推荐截止日期", "何时以前送达（由选举委员会确定）", "2026年12月5日", asked=True),
        ),
    ),
    Kind(
        "voter_list", "公布选民名单", ("elec.list.publish",),
        (Word("选民总数", "名单上的选民人数", "158200"), _lines("名单一览", "每个选区一行", "第一选区：2026年12月9日公布于各村公告栏，1830 人。")),
        due="elec.list.publish",
    ),
    Kind(
        "list_correction", "选民名单补正", ("elec.voter.update.move",),
        (_lines("名单一览", "每份补正名单一行", "第一选区补正名单第1号：增列 3 人，除名 2 人。"),), often=True,
    ),
    Kind(
        "first_list", "代表候选人名单（初步）", ("elec.cand.initial_publish", "elec.cand.all_listed"), (DISTRICT, ORDER, NAMES),
        due="elec.cand.initial_publish", of_district=True,
    ),
    Kind(
        "pre_election", "预选结果", ("elec.cand.selection",),
        (
            DISTRICT, Word("预选日期", "预选的日期", "2026年12月18日"), Word("参加人数", "参加预选的人数", "900"),
            Word("收回票数", "收回的票数", "890"), Word("有效票数", "有效票", "880"), Word("废票数", "废票", "10"), NAMES,
        ), of_district=True,
    ),
    Kind(
        "formal_list", "正式代表候选人名单", ("elec.cand.formal_publish",), (DISTRICT, ORDER, NAMES), due="elec.cand.formal_publish",
        of_district=True,
    ),
    Kind(
        "meeting", "候选人与选民见面", ("elec.cand.meet_voters",),
        (_lines("见面安排", "每场一行", "第一选区：2026年12月24日，石桥村文化礼堂。"),), often=True,
    ),
    Kind(
        "polling", "投票时间和地点", ("elec.vote.places", "elec.voter.id"),
        (_lines("投票场所", "每处一行", "第一选区：石桥小学投票站"), Word("投票时间", "每日投票的起止钟点", "7时至17时", asked=True)),
    ),
    Kind(
        "result", "选举结果", ("elec.count.announce",), (DISTRICT, _lines("当选", "每个选区一行", "第一选区：张伟、李娜。")), often=True,
    ),
    Kind(
        "rerun", "另行选举、再次投票", ("elec.count.rerun.trigger", "elec.count.tie"),
        (DISTRICT, Word("投票日期", "再次投票的日期", "2027年1月8日"), Word("应选名额", "这一轮应选的名额", "1"), NAMES), of_district=True, often=True,
    ),
    Kind(
        "by_election", "补选代表", ("byelection.who",), (_lines("选区一览", "每个选区一行", "第一选区：补选代表 1 名。"),), only="by_election",
    ),
    Kind(
        "correction", "更正", (),
        (
            Word("更正的公告", "更正哪一号公告", "第3号公告", asked=True),
            Word("更正内容", "更正后的文字，每段一行", ("第二段“120 人”更正为“112 人”。",), asked=True, many=True),
        ), often=True,
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in KINDS}


def words_of(kind: Kind) -> tuple[Word, ...]:
    """All placeholders of an announcement."""
    return (*COMMON, *kind.words, MORE)
