"""Where a figure stands: its head (what is written right at it), clause, sentence, paragraph, headings.

The head is the phrase before the number (执法检查5次) or after it (5次执法检查), whichever the sentence uses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from .figure import Figure
from .spans import split
from .subject import opening, subjects

# How far words may stand and still say what a figure counts; a text without full stops must not cost its square.
_REACH = 500
# More numbers than this in a row are no row of a list.
_ROW = 12
_CLAUSE_END = "，,。；;！？!?：:\n"
_SENTENCE_END = "。！？!?\n"
_STRIP_LEFT = "、,，（( \u3000“”\"'"
_JOINT_END = re.compile(r"(?:(?<!总)(?<!缓)(?<!调)和|(?<![涉普触])及|(?<!参)与|(?<!合)(?<!一)并)+$")
_ADVERB = re.compile(
    r"(?:(?:19|20)\d{2}年度?|共计|共有|共|总计|合计|累计|计|达到|达|高达|为|有|近|约|超过|超|逾|各|分别|先后|已|已经|了|就|仅|才|其中|全年|一共|就有|数|等|是|均|都|全部|的|\s|[：:（(]|只|最多|最少|至少|不少于|均为|平均|总数|数量|件数|占比|比例|比率)+$"
)
_VERB = re.compile(
    r"(?:召开|开|召集|举行|举办|听取|审议|审查|讨论|研究|组织|开展|进行|作出|做出|作|通过|任免|任命|免去|决定|接受|完成|提出|收到|受理|接待|收集|征集|办理|承办|督办|交办|转办|办结|解决|化解|发现|纠正|报送|报备|接收|备案|"
    r"选举|选出|产生|当选|补选|新选|设立|设置|设|建成|建立|建设|建|打造|新建|改造|划分|划定|参加|参与|走访|联系|邀请|培训|培育|印发|发放|发出|形成|制定|修订|修改|修正|废止|出台|撰写|编发|编印|刊发|刊登|发表|发布|报道|推送|投入|拨付|筹集|捐款|捐赠|捐资|安排|确定|评选|评为|评议|询问|视察|检查|调研|"
    r"测评|涉及|覆盖|包括|含|含有|列|列入|列为|推动|推进|督促|帮助|协调|实施|实现|落实|整改|对|向|为|在|从|由|给|把|将|以|按|到|于|让|使|被|用|与|和|及|或|至|比|占|吸纳|采纳|汇总|梳理|归纳|整理|反映|反馈|答复|回复|提交|提请|上报|编制|发送|下发|转交|移交|分流|处理|回应|兑现|认领|征求|得到|获|获得|荣获|增加|减少|新增|登记|选派|成立|组建|组成|分成|分为|分|派出|安排了|确认|审定|选定|推荐|提名|抽取|回收|收回|公布|跟踪|查处|查摆|清理|配备|购置|赠送|慰问|看望|资助|帮扶|化解了|解答|宣传|张贴|悬挂|出动|播放|表决|票决|差额|依法|全县|全市|全区|全镇|其余|余下|剩余|另|另有|还有|每|每月|每季度|每年|拥有|现有|共同|陆续|集中|带领|发动|动员|撤销|调整|核减|压减|调增|调减|整合|作为|编入|编成|编为|划为|进驻|入驻|纳入|推举|认捐|安装|跟踪|赴|深入|走进|抓好|抓实|做好|办好|办成|谋划|策划|统筹|落地|启动|推出|举办了|审阅|初审|约见|约谈|牵头|领办|领衔|发给|反馈给|指出|查找|排查|摸排|化解了|写出|录制|拍摄|制作|开设|开通|上线|运行|接受了|罢免|终止|暂停|辞去|吸收|聘任|聘请|组织了|率领|率|陪同)$"
)
# Where the words between two figures of one clause turn to the second: 6个小组开展活动18次.
_OWN_VERB = re.compile(
    r"票决(?:确定|产生|出)|(?:依法)?选举产生|选出|确定|开展|组织|召开|举办|提出|收集|办理|解决|接待|参加|完成|形成|发现|培训|入选|当选|视察|(?<!执法)检查|走访|建成|总投资|登记(?=选民)|共有|共|实到|占"
)
# What is done with what was counted, so is not what is counted.
_DONE_WITH = re.compile(r"[交转已均并由向被送提报]|得到|全部|反馈|落实|办理|办结")
# A joint between two things counted, not between levels of government (县、乡人大代表).
_LEVELS = r"、(?![省市县区旗乡镇州盟][、级人两三四五])|(?<![省市县区旗乡镇州盟国])、"
# Where the words between two figures stop to be the first's though nothing joins them: 31项任务完成30项, 2个选区共设登记站9个.
_NEXT_VERB = re.compile(
    r"(?:已|全部|已全部|均已)?(?:完成|办结|整改|解决|竣工|答复|采纳)$|共(?=[设有划登选发收推评计])|登记(?=选民)"
)
_PLACE = re.compile(
    r"(?:全|我|本|各)?[县市区旗州镇乡]|(?:对|将|把)?(?:上|本|全|该|整个|今|去)?(?:一)?(?:年度?|届|半年)|(?:截至|到)?目前|至今|对|第一批|首批|当年|当天|现场|我们|先后对"
)
# A verb and who is dealt with: what is counted still follows (听取了县政府4项工作报告).
_WHOSE = re.compile(r"(?:听取|审议|审查|审阅|受理|办理|评议|测评|检查|督办).{0,12}(?:政府|监委|法院|检察院|两院|部门|单位|系统)$")
# What kinds are meant, in brackets within a noun: 乡镇(街道)联络站.
_ASIDE = re.compile(r"(?<=[县市区乡镇村])[（(][县市区旗乡镇街道社、]{1,8}[)）](?=[\u4e00-\u9fff])")
_RIGHT_STOP = re.compile(r"[，,。；;！？!?：:\n、）)（(\]】]")
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+部分|——|#+ )?"
    r"[^。；\n]{2,40}$"
)


@dataclass(slots=True)
class Place:
    """The text around one figure, nearest first. `head` may be carried from an earlier clause (`carried`)."""

    head: str
    tail: str
    clause: str
    own: str
    before: str
    sentence: str
    following: str
    paragraph: str
    heading: str
    document: str
    subject: str
    carried: bool
    joined: bool
    side: str
    clause_span: tuple[int, int]
    sentence_span: tuple[int, int]
    paragraph_index: int


class Contexts:
    """Splits a text once and answers for any of its figures."""

    def __init__(self, text: str, figures: list[Figure]) -> None:
        self.text = text
        self.figures = figures
        self.clauses = split(text, _CLAUSE_END, figures)
        self.sentences = split(text, _SENTENCE_END, figures)
        self.paragraphs = split(text, "\n", figures)
        self._clause_starts = [start for start, _ in self.clauses]
        self._sentence_starts = [start for start, _ in self.sentences]
        self._paragraph_starts = [start for start, _ in self.paragraphs]
        self._headings = self._find_headings()
        self._heads: dict[int, str] = {}
        self._rights: dict[int, bool] = {}
        self.title = self._find_title()
        self.lead = text[:600]
        self.subject = f"{self.title} {opening(text)} {subjects(text)}"

    def _find_title(self) -> str:
        lines = [line.strip() for line in self.text[:2000].split("\n") if line.strip()]
        return " ".join(line for line in lines[:2] if line is lines[0] or (len(line) <= 60 and "。" not in line))[:120]

    def _find_headings(self) -> list[str]:
        """For each paragraph the nearest heading above it (or its own opening sentence when it has several)."""
        current, found = "", []
        for start, end in self.paragraphs:
            line = self.text[start:end].strip()
            if line and _HEADING.match(line) and not line.endswith(("。", "，", "；")) and len(line) <= 40:
                current = line
            opening = re.match(r"(?:[（(]?[一二三四五六七八九十\d]+[)）、.]|[一二三四五六七]是)[^。；]{2,40}。", line)
            found.append(f"{current} {opening[0] if opening else ''}")
        return found

    def clause_at(self, position: int) -> int:
        return max(0, bisect_right(self._clause_starts, position) - 1)

    def sentence_at(self, position: int) -> int:
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def paragraph_at(self, position: int) -> int:
        return max(0, bisect_right(self._paragraph_starts, position) - 1)

    def place(self, index: int) -> Place:
        """The surroundings of figure number `index`; asked in order, for some take over the head of the one before."""
        figure = self.figures[index]
        clause_index = self.clause_at(figure.start)
        clause = self.clauses[clause_index]
        sentence = self.sentences[self.sentence_at(figure.start)]
        paragraph_index = self.paragraph_at(figure.start)
        paragraph = self.paragraphs[paragraph_index]
        left, right = self._sides(index, clause)
        head, tail, side = orient(left, right)
        respective = self._respective(index, clause)
        if respective:
            head, side = respective, "left"
        carried = False
        if self._second_unit(index, side):
            head, side = "", ""
        self._rights[index] = side == "right"
        if not head:
            head, carried = self._carry(index, clause_index, sentence), True
        self._heads[index] = head
        return Place(
            head=head,
            tail=tail,
            clause=self.text[max(clause[0], figure.start - _REACH) : min(clause[1], figure.end + _REACH)],
            before=self.text[max(clause[0], figure.start - _REACH) : figure.end + len(right)],
            own=self.text[max(self._item_start(index, clause), figure.start - _REACH) : figure.end + len(right)],
            sentence=self.text[max(sentence[0], clause[0] - 2 * _REACH) : clause[0]],
            following=self.text[clause[1] : min(sentence[1], clause[1] + _REACH)],
            paragraph=self.text[max(paragraph[0], sentence[0] - 3 * _REACH) : sentence[0]],
            heading=self._headings[paragraph_index],
            document=self.title,
            subject=self.subject,
            carried=carried,
            joined=carried and index > 0 and figure.start - self.figures[index - 1].end <= 2,
            side=side,
            clause_span=clause,
            sentence_span=sentence,
            paragraph_index=paragraph_index,
        )

    def _sides(self, index: int, clause: tuple[int, int]) -> tuple[str, str]:
        """Text of the clause before and after the figure that is not a neighbour's."""
        figure = self.figures[index]
        left_from = clause[0]
        previous = self.figures[index - 1] if index else None
        if previous and previous.end > left_from:
            left_from = previous.end
        left = self.text[left_from : figure.start]
        if previous and left_from == previous.end and not left.startswith(("、", "）", ")")) and left:
            left = _after_joint(left, self._owns_right(index - 1, clause))
        if left.endswith("、"):
            left = ""
        right_to = clause[1]
        following = self.figures[index + 1] if index + 1 < len(self.figures) else None
        right = self.text[figure.end : min(right_to, following.start if following else right_to)]
        if following and following.start < right_to:
            right = _before_joint(right)
        return left, right

    def _item_start(self, index: int, clause: tuple[int, int]) -> int:
        """Where the part of a clause begins that speaks of this figure: after a 、 when its list item has words of its own."""
        if not index or self.figures[index - 1].end <= clause[0]:
            return clause[0]
        end = self.figures[index - 1].end
        item = self.text[end : self.figures[index].start]
        if item.endswith("、"):
            return self.figures[index].start
        return end if item.startswith("、") and len(item) > 4 else clause[0]

    def _respective(self, index: int, clause: tuple[int, int]) -> str:
        """The part of a list that this figure of a row counts (主任会议、党组会议分别18次和20次); empty when not so told."""
        first = last = index
        while first and index - first < _ROW and self._adjoin(first - 1):
            first -= 1
        while last + 1 < len(self.figures) and last - index < _ROW and self._adjoin(last):
            last += 1
        before = self.text[clause[0] : self.figures[first].start]
        if first == last or "分别" not in before or self.figures[first].start < clause[0]:
            return ""
        parts = [part for part in re.split(r"、|以及|和|及|与", _bare(before)) if part]
        own = parts[index - first] if len(parts) == last - first + 1 else ""
        return own if len(own) >= 3 else ""

    def _second_unit(self, index: int, side: str) -> bool:
        """Whether a figure stands right behind one whose noun is on its left: it counts the same in another unit (16件63条交…办理)."""
        if not index or side != "right" or self.figures[index - 1].end != self.figures[index].start:
            return False
        if not _DONE_WITH.match(self.text, self.figures[index].end):
            return False
        return not self._rights.get(index - 1, True) and not _VERB.search(self._heads.get(index - 1, ""))

    def _adjoin(self, index: int) -> bool:
        """Whether nothing but a joint stands between a figure and the next."""
        gap = self.text[self.figures[index].end : self.figures[index + 1].start]
        return gap in ("、", "和", "及", "与", "以及")

    def _owns_right(self, index: int, clause: tuple[int, int]) -> bool:
        """Whether the figure before takes its head from its right (so the text between is not ours)."""
        figure = self.figures[index]
        start = clause[0]
        if index and self.figures[index - 1].end > start:
            start = self.figures[index - 1].end
        left = _bare(self.text[start : figure.start])
        return not left or bool(_VERB.search(left))

    def _carry(self, index: int, clause_index: int, sentence: tuple[int, int]) -> str:
        """What an elliptical figure counts: the joined figure's head (16件63条) or the clause before."""
        figure = self.figures[index]
        if index:
            previous = self.figures[index - 1]
            gap = self.text[previous.end : figure.start]
            if len(gap) <= 2 and not set(gap) - set("、/ 和，,（("):
                return self._heads.get(index - 1, "")
        pieces: list[str] = []
        while clause_index > 0 and len(pieces) < 2:
            clause_index -= 1
            start, end = self.clauses[clause_index]
            if start < sentence[0]:
                break
            pieces.append(self.text[start:end])
        return "，".join(reversed(pieces))


def _bare(left: str) -> str:
    """The left side without the adverbs that stand between a noun and its number."""
    before = None
    left = left.strip(_STRIP_LEFT + "和及与并") if left[:1] in "和及与并" else left.strip(_STRIP_LEFT)
    while before != left:
        before = left
        left = _JOINT_END.sub("", _ADVERB.sub("", left).rstrip(_STRIP_LEFT))
    return left


def orient(left: str, right: str) -> tuple[str, str, str]:
    """Head, other side and the side of the head ('left', 'right' or '' when there is none)."""
    bare = _bare(left)
    has_right = bool(right.strip()) and not _RIGHT_STOP.match(right.lstrip('”" '))
    if has_right and (
        not bare
        or _PLACE.fullmatch(bare)
        or _VERB.search(bare)
        or (_WHOSE.search(bare) and right[0] not in "、和及与并")
        or re.search(r"(?:等|的|共|有|为)$", left.strip())
    ):
        right = _ASIDE.sub("", right)
        stop = re.search(r"[（(]|中(?=[“，,])", right)
        return (right[: stop.start()] if stop else right), left, "right"
    if bare:
        return bare, "" if right.startswith(("(", "（")) else right, "left"
    return "", left + right, ""


def _after_joint(left: str, owned: bool) -> str:
    """The part of the text between two figures that belongs to the second."""
    if not owned:
        return left.lstrip("、和及与并以")
    joints = list(re.finditer(_LEVELS + r"|和(?!谐)|以及|及(?!时)|与(?!会)|并|；", left))
    if joints:
        return left[joints[-1].end() :]
    verbs = list(_OWN_VERB.finditer(left))
    return left[verbs[-1].start() :] if verbs else ""


def _before_joint(right: str) -> str:
    """The part of the text between two figures that belongs to the first."""
    joints = list(re.finditer(_LEVELS + r"|和(?!谐)|以及|及(?!时)|与(?!会)|并(?!案)", right))
    if joints:
        return right[: joints[-1].start()]
    return _NEXT_VERB.split(right, maxsplit=1)[0] or right
