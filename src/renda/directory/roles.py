"""Roles: which rooms and actions a hat opens. Scope (division, organ, person) is added by the gate.

System, security and audit administration are three separate roles, and none of them reads the rooms' records.
"""

from __future__ import annotations

from dataclasses import dataclass, field

VIEW, CREATE, EDIT, VOID, EXPORT, IMPORT, REVEAL = "view", "create", "edit", "void", "export", "import", "reveal"
ISSUE = "issue"
FIGURES, JOURNAL, ACCOUNTS, SETTINGS = "figures", "journal", "accounts", "settings"
CHANGING = frozenset({EDIT, VOID, REVEAL, ISSUE})
"""What nobody may do to a voided record."""

WRITE = frozenset({VIEW, CREATE, EDIT, VOID, EXPORT, IMPORT})
READ = frozenset({VIEW, EXPORT})
DRAFT = frozenset({VIEW, CREATE, EDIT, VOID, EXPORT})
REPORTS = "reports"
TEMPLATES = "templates"
"""Templates of letters: those who make letters may change them for their division."""
DESIGN = frozenset({VIEW, EDIT})

ROLL = "roll"
"""The roll of voters: personal data of a whole county, opened to those who register and nobody else."""
COUNT = "count"
"""Ballots and tallies of a vote before they are settled."""

ROOMS = (
    "directory", "meetings", "supervision", "suggestions", "petitions", "filing", "appointments", "projects", "deputies", "stations",
    "elections", "outreach", "planning", "activities",
)  # fmt: skip


@dataclass(frozen=True)
class Role:
    """What a role may do: actions per room, platform actions, and whether it sees only its organ's or its person's records."""

    code: str
    name: str
    rooms: dict[str, frozenset[str]] = field(default_factory=dict)
    platform: frozenset[str] = frozenset()
    bound_to_organ: bool = False
    bound_to_person: bool = False


def _all(actions: frozenset[str], *, without: tuple[str, ...] = ()) -> dict[str, frozenset[str]]:
    return {room: actions for room in ROOMS if room not in without}


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "operator",
            "平台运行人员",
            _all(WRITE | {REVEAL}) | {REPORTS: DRAFT | {ISSUE}, TEMPLATES: DESIGN, ROLL: WRITE | {REVEAL}, COUNT: WRITE},
            frozenset({FIGURES, JOURNAL, ACCOUNTS, SETTINGS}),
        ),
        Role(
            "congress_clerk",
            "人大办公室工作人员",
            _all(WRITE | {REVEAL}, without=("petitions",)) | {"petitions": READ, REPORTS: DRAFT, TEMPLATES: DESIGN},
            frozenset({FIGURES}),
        ),
        Role(
            "petition_clerk",
            "人大信访工作人员",
            {"petitions": WRITE | {REVEAL}, "directory": frozenset({VIEW}), TEMPLATES: DESIGN},
            frozenset({FIGURES}),
        ),
        Role(
            "election_clerk",
            "选举委员会工作人员",
            {
                "elections": WRITE | {REVEAL},
                "directory": frozenset({VIEW}),
                ROLL: WRITE | {REVEAL},
                COUNT: WRITE,
                TEMPLATES: DESIGN,
            },
            frozenset({FIGURES}),
        ),
        Role(
            "registrar",
            "选民登记员",
            {"elections": frozenset({VIEW}), ROLL: WRITE},
            bound_to_organ=True,
        ),
        Role("teller", "计票员", {"elections": frozenset({VIEW}), COUNT: frozenset({VIEW, CREATE, EDIT})}),
        Role("director", "常委会领导", _all(READ) | {REPORTS: READ | {ISSUE}}, frozenset({FIGURES})),
        Role(
            "township_clerk",
            "乡镇人大工作人员",
            {
                **dict.fromkeys(
                    ("deputies", "stations", "projects", "planning", "outreach", "activities", "elections", "directory"), WRITE
                ),
                "petitions": WRITE | {REVEAL},
                ROLL: WRITE | {REVEAL},
                COUNT: WRITE,
                **dict.fromkeys(("suggestions", "meetings", "supervision"), READ),
                "filing": READ | {CREATE},
                REPORTS: DRAFT | {ISSUE},
                TEMPLATES: DESIGN,
            },
            frozenset({FIGURES}),
        ),
        Role(
            "deputy",
            "人大代表",
            {
                room: frozenset({VIEW})
                for room in ("directory", "suggestions", "activities", "deputies", "stations", "meetings", "outreach", REPORTS)
            },
            bound_to_person=True,
        ),
        Role(
            "handling_unit",
            "承办单位",
            {
                **{room: frozenset({VIEW, EXPORT}) for room in ("suggestions", "supervision", "projects", "activities")},
                "filing": frozenset({VIEW, EXPORT, CREATE}),
                "petitions": frozenset({VIEW, REVEAL}),
            },
            bound_to_organ=True,
        ),
        Role("system_admin", "系统管理员", platform=frozenset({SETTINGS})),
        Role("security_admin", "安全管理员", platform=frozenset({ACCOUNTS})),
        Role("audit_admin", "审计管理员", platform=frozenset({JOURNAL})),
    )
}
CHOICES = [(role.code, role.name) for role in ROLES.values()]
