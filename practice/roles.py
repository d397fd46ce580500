"""Who may do what, on one page. The README shows the same table, and a test keeps the two alike.

A role is a Django group with the role's name (`manage.py make_roles`). One person may have several.
"""

from enum import StrEnum


class Role(StrEnum):
    FRONT_DESK = "front desk"
    CLINICIAN = "clinician"
    EDITOR = "editor"
    OWNER = "owner"


class May(StrEnum):
    """The deeds that staff need leave for."""

    SEE_PATIENTS = "find patients and open their records"
    REGISTER = "register patients and change their details"
    SCREEN = "ask the screening and send its answers"
    PREPARE_PLAN = "prepare a draft plan"
    ISSUE_PLAN = "acknowledge cautions, issue a plan and end one"
    DECIDE = "close red flags, clear reviews, override timing rules, let stopped plans go on and delete begun answers"
    SIGN_ORDER = "sign, end and countersign standing orders"
    USE_ORDER = "issue a program under a standing order"
    PRINT = "print handouts"
    MAKE_CODES = "make new sign-in codes"
    GIVE_ACCESS = "see and end a patient's devices, give a proxy access and take it away"
    RESTRICT = "restrict a record to those who treat the person, and lift that"
    EXPORT = "take out everything that is kept about a patient"
    ERASE = "erase a patient's record when the law no longer keeps it, or keep it longer"
    SEE_LIBRARY = "read the library"
    PUBLISH = "write and publish instructions and pages"
    RETIRE = "retire an instruction, with a reason"
    BRING_BACK = "bring a retired instruction back, with a reason"
    LOOSEN_CAUTION = "publish what loosens a caution, with a reason"
    PUBLISH_HARD = "give leave to publish what reads above the gate, with a reason"
    TICK_WORDS = "tick what makes a published text easy to understand"
    REVIEW_TEXT = "say whether a text in another language may be shown to patients"
    SIGN_RULES = "read the rule set on one page and sign it"
    ASK_FOR_SWITCH = "ask for a switch that changes who decides"
    SIGN_SWITCH = "sign for a switch that was asked for"
    END_SWITCH = "see the switches and turn one off"
    RUN_CLINIC = "change the clinic's settings, manage staff and read the audit trail"


_DESK = frozenset({Role.FRONT_DESK, Role.CLINICIAN})
_SIGNING = frozenset({Role.CLINICIAN, Role.OWNER})

WHO_MAY: dict[May, frozenset[Role]] = {
    May.SEE_PATIENTS: _DESK,
    May.REGISTER: _DESK,
    May.SCREEN: _DESK,
    May.PREPARE_PLAN: _DESK,
    May.ISSUE_PLAN: frozenset({Role.CLINICIAN}),
    May.DECIDE: frozenset({Role.CLINICIAN}),
    May.SIGN_ORDER: frozenset({Role.CLINICIAN}),
    May.USE_ORDER: _DESK,
    May.PRINT: _DESK,
    May.MAKE_CODES: _DESK,
    May.GIVE_ACCESS: _DESK,
    May.RESTRICT: _SIGNING,
    May.EXPORT: frozenset({Role.CLINICIAN}),
    May.ERASE: frozenset({Role.OWNER}),
    May.SEE_LIBRARY: frozenset(Role),
    May.PUBLISH: frozenset({Role.EDITOR}),
    May.RETIRE: frozenset({Role.EDITOR, Role.CLINICIAN}),
    May.BRING_BACK: frozenset({Role.CLINICIAN}),
    May.LOOSEN_CAUTION: frozenset({Role.CLINICIAN}),
    May.PUBLISH_HARD: frozenset({Role.OWNER}),
    May.TICK_WORDS: frozenset({Role.CLINICIAN, Role.EDITOR}),
    May.REVIEW_TEXT: frozenset({Role.CLINICIAN, Role.EDITOR}),
    May.SIGN_RULES: _SIGNING,
    May.ASK_FOR_SWITCH: frozenset({Role.OWNER}),
    May.SIGN_SWITCH: frozenset({Role.CLINICIAN}),
    May.END_SWITCH: _SIGNING,
    May.RUN_CLINIC: frozenset({Role.OWNER}),
}


def roles_that_may(deed: May) -> frozenset[Role]:
    return WHO_MAY[deed]
