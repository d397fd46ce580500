"""The words of the access table: who comes, what they are told, and how an address is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from practice.roles import Role

# The table says it for these; the others below are told what one of these is told, or less.
NOBODY, PATIENT = "anonymous", "patient"
STAFF = tuple(role.value for role in Role)
PEOPLE = (NOBODY, PATIENT, *STAFF)
# A patient who asks for another's things; who may look for a patient, and who might until yesterday.
OTHER_PATIENT, PROXY, FORMER_PROXY = "other patient", "proxy", "former proxy"
# Made inactive while a session of theirs was still open.
DISABLED_STAFF, DISABLED_PATIENT = "disabled clinician", "disabled patient"
STRANGERS = (OTHER_PATIENT, FORMER_PROXY)
SIGNED_OUT = (NOBODY, DISABLED_STAFF, DISABLED_PATIENT)
LIKE = {
    OTHER_PATIENT: PATIENT,
    PROXY: PATIENT,
    FORMER_PROXY: PATIENT,
    DISABLED_STAFF: NOBODY,
    DISABLED_PATIENT: NOBODY,
}
EVERYBODY = (*PEOPLE, *LIKE)
# Things of the world that are nobody's: each patient is asked the same questions.
SHARED = frozenset({"page"})
Answers = Mapping[str, int]


def answers(allowed: int, *roles: Role, others: int = 403) -> Answers:
    """Of a staff page: `allowed` for the roles, `others` for other staff; a patient does not find it (404)."""
    return {
        NOBODY: 302,
        PATIENT: 404,
        **{role.value: allowed if role in roles else others for role in Role},
    }


def everybody(status: int) -> Answers:
    return dict.fromkeys(PEOPLE, status)


def patients(status: int) -> Answers:
    return {NOBODY: 302, PATIENT: status, **dict.fromkeys(STAFF, 404)}


def desk(status: int) -> Answers:
    return answers(status, Role.FRONT_DESK, Role.CLINICIAN)


def library(status: int) -> Answers:
    return answers(status, *Role)


def editors(status: int) -> Answers:
    return answers(status, Role.EDITOR)


def signing(status: int) -> Answers:
    return answers(status, Role.CLINICIAN, Role.OWNER)


@dataclass(frozen=True)
class Row:
    """An address: how it is asked, the objects in it (by the world's names), and the answers.

    `but` is for those outside `PEOPLE` who are not told what the table says of their like.
    """

    method: str
    answers: Answers
    objects: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)
    other_methods: tuple[str, ...] = ()
    but: Answers = field(default_factory=dict)

    @property
    def is_about_own_things(self) -> bool:
        """Whether each patient has things of their own here, which no other patient finds."""
        is_for_patients_only = self.answers[Role.CLINICIAN.value] == 404
        return is_for_patients_only and not SHARED.issuperset(self.objects.values())

    def answer(self, person: str) -> int:
        if person in self.but:
            return self.but[person]
        if person in STRANGERS and self.is_about_own_things:
            return 404
        return self.answers[LIKE.get(person, person)]

    def opens(self, person: str) -> bool:
        """Whether this person gets further than the door."""
        status = self.answer(person)
        is_sent_away = person in SIGNED_OUT and self.answers[PATIENT] != self.answers[NOBODY]
        return status not in (403, 404) and (not is_sent_away or status == 200)


def read(answers: Answers, **objects: str) -> Row:
    return Row("GET", answers, objects, other_methods=("POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def form(answers: Answers, **objects: str) -> Row:
    """A page that shows a form and takes it."""
    return Row("GET", answers, objects, other_methods=("PUT", "PATCH", "DELETE", "OPTIONS"))


def deed(answers: Answers, sent: Mapping[str, str] | None = None, **objects: str) -> Row:
    return Row("POST", answers, objects, sent or {}, other_methods=("GET", "PUT", "PATCH", "DELETE", "OPTIONS"))


def of_a_record(row: Row) -> Row:
    """A page that there is none of for somebody who may look for nobody any more."""
    return replace(row, but={**row.but, FORMER_PROXY: 404})
