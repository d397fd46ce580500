"""What somebody needs to try the demo: who can sign in, with what; and where each story's records are."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class StaffSignIn:
    username: str
    password: str
    name: str
    role: str
    pin: str = ""


@dataclass(frozen=True)
class PatientRecord:
    """A story's patient. The ids are UUIDs as text; `codes` is empty where no new ones were made.

    `versions` are the issued ones, newest first; `draft` is a plan's draft; an id that does not exist is "". Who helps
    the patient opens the plan with `helper_codes`.
    """

    slug: str
    name: str
    about: str
    record_number: int
    patient: str
    plan: str
    versions: tuple[str, ...]
    draft: str
    codes: tuple[str, ...]
    helper: str = ""
    helper_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignIns:
    address: str
    staff: tuple[StaffSignIn, ...]
    patients: tuple[PatientRecord, ...]

    def member(self, username: str) -> StaffSignIn:
        return next(each for each in self.staff if each.username == username)

    def patient(self, slug: str) -> PatientRecord:
        return next(each for each in self.patients if each.slug == slug)

    @property
    def with_codes(self) -> tuple[PatientRecord, ...]:
        return tuple(each for each in self.patients if each.codes)

    @property
    def with_helper(self) -> tuple[PatientRecord, ...]:
        return tuple(each for each in self.patients if each.helper)


def write_sign_ins(sign_ins: SignIns, path: Path) -> None:
    path.write_text(json.dumps(asdict(sign_ins), ensure_ascii=False, indent=2), encoding="utf-8")


def read_sign_ins(path: Path) -> SignIns:
    found = json.loads(path.read_text(encoding="utf-8"))
    return SignIns(
        address=found["address"],
        staff=tuple(StaffSignIn(**each) for each in found["staff"]),
        patients=tuple(
            PatientRecord(**{**each, **{name: tuple(each[name]) for name in ("versions", "codes", "helper_codes")}})
            for each in found["patients"]
        ),
    )


def lines_to_print(sign_ins: SignIns) -> list[str]:
    """The sign-ins as a person reads them on a terminal."""
    base = sign_ins.address
    lines = ["", f"Staff sign in at {base}/sign-in/", ""]
    lines += [f"  {each.username:<11} {each.password:<25} {_about(each)}" for each in sign_ins.staff]
    lines += ["", f"Patients type a code at {base}/start/ (each code works once)", ""]
    for each in sign_ins.with_codes:
        lines += [f"  {each.name}: {each.about}", f"    {'   '.join(each.codes)}"]
    lines += ["", "People who help open the plan of the one they help", ""]
    for each in sign_ins.with_helper:
        lines += [f"  {each.helper}, for {each.name}", f"    {'   '.join(each.helper_codes)}"]
    return [*lines, "", "The people and the clinic are invented. The demo is open to this computer only.", ""]


def _about(member: StaffSignIn) -> str:
    pin = f", PIN {member.pin} to unlock the screen" if member.pin else ""
    return f"{member.name}, {member.role}{pin}"
