"""The organs of the demo county."""

from __future__ import annotations

CONGRESS = "青禾县人民代表大会"
COMMITTEE = "青禾县人大常委会"
GOVERNMENT = "青禾县人民政府"
COURT = "青禾县人民法院"
PROCURATORATE = "青禾县人民检察院"
SUPERVISION = "青禾县监察委员会"
BUREAUS = (
    ("青禾县发展和改革局", "县发改局", "department"), ("青禾县教育局", "县教育局", "department"), ("青禾县科技和工业信息化局", "县科工信局", "department"),
    ("青禾县公安局", "县公安局", "department"), ("青禾县民政局", "县民政局", "department"), ("青禾县司法局", "县司法局", "department"),
    ("青禾县财政局", "县财政局", "department"), ("青禾县人力资源和社会保障局", "县人社局", "department"), ("青禾县自然资源局", "县自然资源局", "department"),
    ("青禾县住房和城乡建设局", "县住建局", "department"), ("青禾县交通运输局", "县交通局", "department"), ("青禾县水利局", "县水利局", "department"),
    ("青禾县农业农村局", "县农业农村局", "department"), ("青禾县商务局", "县商务局", "department"), ("青禾县文化和旅游局", "县文旅局", "department"),
    ("青禾县卫生健康局", "县卫健局", "department"), ("青禾县应急管理局", "县应急局", "department"), ("青禾县审计局", "县审计局", "department"),
    ("青禾县市场监督管理局", "县市场监管局", "department"), ("青禾县统计局", "县统计局", "department"), ("青禾县医疗保障局", "县医保局", "department"),
    ("青禾县城市管理局", "县城管局", "department"), ("青禾县生态环境局", "县生态环境局", "department"), ("青禾县乡村振兴局", "县乡村振兴局", "department"),
    ("青禾县林业局", "县林业局", "department"), ("青禾县退役军人事务局", "县退役军人局", "department"), ("青禾县信访局", "县信访局", "department"),
    ("青禾县人民政府办公室", "县政府办", "department"),
)  # fmt: skip
CONGRESS_OFFICES = (
    "青禾县人大常委会办公室", "青禾县人大常委会代表联络工作委员会", "青禾县人大常委会法制工作委员会", "青禾县人大常委会预算工作委员会",
    "青禾县人大常委会农业农村工作委员会", "青禾县人大常委会教科文卫工作委员会",
)  # fmt: skip
OTHERS = (
    ("中共青禾县委办公室", "县委办", "party", "party"), ("中共青禾县委组织部", "县委组织部", "party", "party"),
    ("中共青禾县委宣传部", "县委宣传部", "party", "party"), ("青禾县总工会", "县总工会", "people_organisation", "party"),
    ("共青团青禾县委员会", "团县委", "people_organisation", "party"), ("青禾县妇女联合会", "县妇联", "people_organisation", "party"),
    ("政协青禾县委员会", "县政协", "cppcc", "other"), ("青禾县人民医院", "县医院", "public_institution", "government"),
    ("青禾县第一中学", "县一中", "public_institution", "government"), ("青禾县融媒体中心", "县融媒体中心", "public_institution", "government"),
    ("青禾县供水有限公司", "县供水公司", "enterprise", "other"), ("国网青禾县供电公司", "县供电公司", "enterprise", "other"),
)  # fmt: skip


def organ_rows(townships: list[str]) -> list[dict[str, object]]:
    """All organs as rows of the register, those above before those below."""
    rows = [_row(CONGRESS, "县人大", "congress", "congress"), _row(COMMITTEE, "县人大常委会", "standing_committee", "congress")]
    rows += [_row(name, name.removeprefix("青禾"), "working_office", "congress") for name in CONGRESS_OFFICES]
    rows += [
        _row(GOVERNMENT, "县政府", "government", "government"),
        _row(SUPERVISION, "县监委", "supervision_commission", "supervision"),
        _row(COURT, "县法院", "court", "court"),
        _row(PROCURATORATE, "县检察院", "procuratorate", "procuratorate"),
    ]
    rows += [_row(name, short, kind, "government") for name, short, kind in BUREAUS]
    rows += [_row(*other) for other in OTHERS]
    for township in townships:
        if township.endswith("街道"):
            rows.append(_row(f"{township}办事处", "", "subdistrict", "government", township))
        else:
            rows.append(_row(f"{township}人民政府", f"{township}政府", "township", "government", township))
            rows.append(_row(f"{township}人大主席团", f"{township}人大", "presidium", "congress", township))
    return rows


def _row(name: str, short: str, kind: str, system: str, division: str = "青禾县") -> dict[str, object]:
    return {"name": name, "short_name": short, "kind": kind, "system": system, "division": division}
