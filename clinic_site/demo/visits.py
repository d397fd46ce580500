"""Who looks at a page of the demo, and what is done on it first: the words of the table in pages.py."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

# The button of the page's first form.
SEND = "main form[method=post] :is(button, input)[type=submit]"


class Who(StrEnum):
    """Who looks at a page: nobody signed in, a member of staff, or the patient of the page's story."""

    ANYONE = "anyone"
    FRONT_DESK = "front-desk"
    CLINICIAN = "clinician"
    SECOND_CLINICIAN = "second-clinician"
    EDITOR = "editor"
    OWNER = "owner"
    PATIENT = "patient"
    # Who helps the patient of the page's story, under their own name.
    HELPER = "helper"
    # A phone on which the patient's code was typed; nobody has said yet whose it is.
    CODE_TYPED = "code-typed"


# Who has a story of their own.
PATIENTS = frozenset({Who.PATIENT, Who.HELPER, Who.CODE_TYPED})
USERNAMES = MappingProxyType(
    {
        Who.FRONT_DESK: "desk",
        Who.CLINICIAN: "clinician",
        Who.SECOND_CLINICIAN: "clinician2",
        Who.EDITOR: "editor",
        Who.OWNER: "owner",
    }
)


class Needs(StrEnum):
    """Which record of its story a page's address names."""

    NOTHING = "nothing"
    PATIENT = "patient"
    VERSION = "version"
    EARLIER_VERSION = "earlier version"
    DRAFT = "draft"


@dataclass(frozen=True)
class Step:
    """Done on a page before it is looked at: `typed` goes into `selector`; without it, that is pressed.

    What `comes` by itself is only waited for. With `mailed`, the code of the newest mail is typed. With `by`, that
    person does it meanwhile, on a tab of their own at the same address.
    """

    selector: str
    typed: str = ""
    comes: bool = False
    mailed: bool = False
    by: Who | None = None


@dataclass(frozen=True)
class Page:
    """One page as one person sees it. `route` is its URL name, `words` are the words its address holds.

    Where the steps lead to another address, `shows` is the URL name of that one.
    """

    name: str
    who: Who
    route: str
    story: str = ""
    needs: Needs = Needs.NOTHING
    words: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    shows: str = ""

    @property
    def label(self) -> str:
        """The page's name in file names: `patient-stuck-for-weeks.front-desk`."""
        return f"{self.name}.{self.who.value}"
