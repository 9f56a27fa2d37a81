"""The procedure of filing and reviewing normative documents (监督法 39 to 45; the province's own rules for periods)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from renda.filing.models import Correction, Finding, NormativeDocument
from renda.procedure.cases import Case
from renda.procedure.declaration import Ask, Letter, Period, Procedure, Refusal, State, Step, Who
from renda.procedure.models import Milestone
from renda.procedure.registry import declare as declare_procedure

OFFICE = Who("备案审查工作机构", ("congress_clerk",))
MAKER = Who("制定机关", ("handling_unit", "township_clerk"), organ="maker", recorders=("congress_clerk",))

STATES = (
    State("issued", "待报备", MAKER),
    State("filed", "待形式审查", OFFICE, decides=True),
    State("supplement", "待补正", MAKER),
    State("registered", "已登记", OFFICE),
    State("reviewing", "审查中", OFFICE),
    State("opinion", "已提出审查意见", MAKER),
    State("correcting", "制定机关处理中", MAKER),
    State("corrected", "待确认纠正", OFFICE, decides=True),
    State("annulling", "已提请撤销", OFFICE),
    State("refused", "已退回", final=True),
    State("archived", "已归档", final=True),
)
GROUNDS = (
    ("rights", "超越法定权限，限制或者剥夺公民、法人和其他组织的合法权利，或者增加其义务"),
    ("conflict", "同法律、法规规定相抵触"),
    ("resolution", "同上级或者本级人民代表大会的决议、决定相抵触"),
    ("procedure", "违背法定程序"),
    ("improper", "有其他不适当的情形，应当予以撤销"),
)
WAYS = (
    ("own_motion", "主动审查"),
    ("request", "依申请审查"),
    ("thematic", "专项审查"),
    ("transferred", "移送审查"),
    ("joint", "联合审查"),
)
HOW = ((Correction.AMENDED.value, "修改"), (Correction.REPEALED.value, "废止"), (Correction.EXPLAINED.value, "说明后不需修改"))
REASON = Ask("reason", "理由", "long")
NOTE = Ask("note", "说明", "long", required=False)


def complete(case: Case) -> Refusal | None:
    """A filing has its report, text, explanation and basis, each as a file or on paper."""
    paper = case.answers.get("form") == "paper"
    missing = [
        on_paper.label
        for on_paper, file in zip(ON_PAPER, FILES, strict=True)
        if (case.answers.get(on_paper.name) != "yes" if paper else not case.answers.get(file.name))
    ]
    return Refusal(f"报备材料不齐，缺：{'、'.join(missing)}。请备齐后报送。", "file.material") if missing else None


NAMES = (
    ("report", "备案报告"),
    ("text", "规范性文件正式文本"),
    ("explanation", "说明"),
    ("basis", "制定依据和审议审批材料"),
)
FORMS = (("online", "网上报送（上传电子文本）"), ("paper", "纸质报送（核对材料是否备齐）"))
FORM = Ask("form", "报送方式", "choice", options=FORMS)
FILES = tuple(Ask(f"{name}_file", label, "file", when=("form", "online")) for name, label in NAMES)
ON_PAPER = tuple(Ask(name, label, "yes_no", when=("form", "paper")) for name, label in NAMES)

STEPS = (
    Step("file", "报送备案", "向本级人大常委会报送备案", ("issued",), "filed", MAKER, basis=("file.deadline.local", "file.material"),
         dates="filed", asks=(FORM, *FILES, *ON_PAPER, Ask("contact", "联系人和电话", secret=True)), guards=(complete,), letters=("filing_report",), bulk=False),
    Step("register", "予以登记", "形式审查合格，予以登记，向制定机关出具回执", ("filed",), "registered", OFFICE,
         basis=("file.formal_check.result",), dates="registered", asks=(NOTE,), letters=("receipt",)),
    Step("ask_supplement", "要求补正", "材料不齐或者格式不符合要求，暂缓登记，通知制定机关补正", ("filed",), "supplement", OFFICE,
         basis=("file.formal_check.result", "file.supplement"), dates="supplement_asked", asks=(Ask("missing", "需要补正的内容", "long"),),
         letters=("supplement",)),
    Step("refuse", "退回", "不属于备案范围，不予登记，退回制定机关", ("filed",), "refused", OFFICE,
         basis=("file.formal_check.result",), dates="sent_back", asks=(REASON,), letters=("refusal",)),
    Step("supplement", "补正报送", "补正后重新报送", ("supplement",), "filed", MAKER,
         basis=("file.supplement",), dates="supplemented", asks=(Ask("material", "补正的材料", "file", required=False), NOTE), bulk=False),
    Step("distribute", "分送审查", "分送有关专门委员会、工作机构审查", ("registered",), "reviewing", OFFICE, basis=("review.distribute", "review.types"),
         dates="distributed", asks=(Ask("committee", "审查机构"), Ask("way", "审查方式", "choice", options=WAYS, column="way"))),
    Step("prolong", "延长审查", "情况复杂，经批准延长审查期限", ("reviewing",), "", OFFICE, basis=("review.own_motion",), dates="prolonged",
         once=True, asks=(Ask("until", "延长至", "day"), Ask("approver", "批准人"), REASON)),
    Step("consult", "征求意见或者沟通", "向制定机关、专家、代表了解情况，征求意见", ("reviewing", "opinion", "correcting"), "", OFFICE,
         basis=("review.feedback",), asks=(Ask("with", "对象"), Ask("note", "沟通情况", "long"))),
    Step("clear", "审查未发现问题", "审查结束，归档，反馈制定机关", ("reviewing",), "archived", OFFICE, basis=("review.feedback",), dates="reviewed",
         asks=(NOTE,), fixed=(("finding", Finding.CLEAN.value),), letters=("result",)),
    Step("oppose", "提出审查意见", "书面审查意见送制定机关，由其修改或者废止", ("reviewing",), "opinion", OFFICE,
         basis=("filing.annul.grounds", "review.opinion.reply"), dates="reviewed",
         asks=(Ask("ground", "问题情形", "choice", options=GROUNDS), Ask("problem", "审查意见", "long", column="problem"),
               Ask("opinions", "意见条数", "whole", column="opinions", most=200), Ask("sent", "意见送达日期", "day", milestone="told")),
         fixed=(("finding", Finding.PROBLEM.value), ("correction", Correction.PENDING.value)), letters=("opinion",)),
    Step("reply", "回复处理计划", "报告处理意见和修改、废止的计划", ("opinion",), "correcting", MAKER, basis=("review.opinion.reply",),
         dates="replied", asks=(Ask("plan", "处理意见和时间安排", "long"),)),
    Step("correct", "报告纠正情况", "已修改、废止或者作出说明，修改后的文件重新报备", ("opinion", "correcting"), "corrected", MAKER,
         basis=("review.corrected.report",), dates="corrected",
         asks=(Ask("how", "处理方式", "choice", options=HOW, column="correction"), Ask("document", "新文件或者废止决定的文号", required=False), NOTE)),
    Step("confirm", "确认纠正", "问题已经纠正，归档", ("corrected",), "archived", OFFICE, basis=("review.feedback",), dates="confirmed", asks=(NOTE,),
         letters=("result",)),
    Step("object", "纠正不到位", "退回制定机关继续处理", ("corrected",), "correcting", OFFICE, basis=("review.opinion.reply",), clears=("corrected",),
         asks=(REASON,), fixed=(("correction", Correction.PENDING.value),)),
    Step("move", "提请撤销", "制定机关不予纠正，提出撤销的议案，由常委会会议审议", ("opinion", "correcting"), "annulling", OFFICE,
         basis=("filing.annul.grounds", "review.escalation"), dates="annul_moved", asks=(REASON,), letters=("motion",), bulk=False),
    Step("annul", "常委会决定撤销", "撤销该文件，公布撤销决定", ("annulling",), "archived", OFFICE, basis=("filing.annul.grounds",), dates="decided",
         asks=(Ask("decision", "决定名称或者文号"),), fixed=(("correction", Correction.ANNULLED.value),), bulk=False),
    Step("keep", "常委会决定不予撤销", "文件继续有效，归档", ("annulling",), "archived", OFFICE, basis=("filing.annul.grounds",), dates="decided",
         asks=(Ask("decision", "决定名称或者文号"), NOTE), fixed=(("correction", Correction.EXPLAINED.value),), bulk=False),
)  # fmt: skip

PERIODS = (
    Period("file", "报送备案期限", ("issued",), ("filed",), ("file.deadline.local",), MAKER),
    Period("formal_check", "形式审查期限", ("filed", "supplemented"), ("registered", "supplement_asked", "sent_back", "distributed", "reviewed"),
           ("file.formal_check",), OFFICE),
    Period("supplement", "补正期限", ("supplement_asked",), ("supplemented", "registered"), ("file.supplement",), MAKER),
    Period("distribute", "分送期限", ("registered",), ("distributed", "reviewed"), ("review.distribute",), OFFICE),
    Period("review", "审查期限", ("distributed",), ("reviewed",), ("review.own_motion", "review.total"), OFFICE),
    Period("reply", "回复审查意见期限", ("told",), ("replied", "corrected", "annul_moved", "decided"), ("review.opinion.reply",), MAKER, stepped=True),
)  # fmt: skip

LETTERS = (
    Letter("filing_report", "备案报告", "人大常委会"),
    Letter("receipt", "备案登记回执", "制定机关"),
    Letter("supplement", "补正通知书", "制定机关"),
    Letter("refusal", "不予登记告知书", "制定机关"),
    Letter("opinion", "审查意见书", "制定机关"),
    Letter("result", "审查情况反馈函", "制定机关"),
    Letter("motion", "关于提请撤销规范性文件的议案", "人大常委会"),
)


def standing(ids: Sequence[int]) -> Mapping[int, str]:
    """Where a ledger's document stands: one found faulty and not put right is not at an end, though its review is."""
    faulty = NormativeDocument.objects.filter(pk__in=ids, finding=Finding.PROBLEM, milestones__code="reviewed")
    done = Milestone.objects.filter(matter_id__in=ids, code="corrected").values("matter_id")
    return dict.fromkeys(faulty.exclude(pk__in=done).values_list("pk", flat=True), "opinion")


DOCUMENT = Procedure(
    kind="filing_document",
    name="规范性文件备案审查",
    law="《中华人民共和国各级人民代表大会常务委员会监督法》",
    starts="issued",
    states=STATES,
    steps=STEPS,
    periods=PERIODS,
    letters=LETTERS,
    corrects=("congress_clerk",),
    from_ledger=standing,
    from_milestones=(
        ("issued", "issued"), ("filed", "filed"), ("registered", "registered"), ("distributed", "reviewing"), ("reviewed", "archived"),
        ("corrected", "archived"), ("confirmed", "archived"), ("decided", "archived"), ("sent_back", "refused"),
    ),
)  # fmt: skip


def declare() -> None:
    """Register the procedure (called once, at start, after the kind)."""
    declare_procedure(DOCUMENT)
