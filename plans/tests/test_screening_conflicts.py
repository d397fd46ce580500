"""Two people at one screening: nobody's answers are lost, and nobody's are written over unseen."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient, Screening
from intake.tests.factories import make_patient, make_staff, sign_in_staff, typed_answers
from plans.receiving import DraftElsewhere, find_draft, keep_draft, open_draft
from practice.models import Clinic, User
from practice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def staff() -> User:
    return make_staff()


class Page:
    """One opened page of somebody at the desk; it sends what it was drawn with, until it is drawn again."""

    def __init__(self, patient: Patient) -> None:
        self.patient, self.client = patient, Client()
        sign_in_staff(self.client, Role.FRONT_DESK)
        self.drawn_from(self.client.get(reverse("screening", args=[patient.pk])))

    def drawn_from(self, answer: Any) -> None:
        context = answer.context
        self.hidden = {
            "draft": str(context["draft"].pk),
            "revision": context["draft"].revision,
            "page": str(context["page"]),
        }

    def send(self, name: str = "screening", **said: Any) -> Any:
        return self.client.post(reverse(name, args=[self.patient.pk]), {**self.hidden, **typed_answers(), **said})

    def keep(self, **said: Any) -> Any:
        return self.send("screening_keep", **said)


def words(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_page_carries_its_draft_its_revision_and_itself(patient: Patient) -> None:
    shown = words(Page(patient).client.get(reverse("screening", args=[patient.pk])))
    assert all(f'<input type="hidden" name="{name}" value="' in shown for name in ("draft", "revision", "page"))


# --- while a draft is typed ----------------------------------------------------------------------------


def test_a_page_keeps_again_and_again(patient: Patient) -> None:
    page = Page(patient)
    assert [page.keep(brought_on_by=typed).status_code for typed in ("a", "ab", "abc")] == [204, 204, 204]


def test_an_older_page_does_not_write_over_a_colleague(patient: Patient) -> None:
    older, newer = Page(patient), Page(patient)
    older.keep(brought_on_by="lifting")
    newer = Page(patient)
    newer.keep(brought_on_by="lifting a box")
    older.keep(brought_on_by="driving")
    assert Screening.objects.get().typed["brought_on_by"] == "lifting a box"


def test_an_older_page_is_told(patient: Patient) -> None:
    older = Page(patient)
    older.keep()
    Page(patient).keep()
    answer = older.keep()
    assert (answer.status_code, "somebody else typed" in words(answer)) == (409, True)


def test_pressing_done_on_an_older_page_stores_nothing(patient: Patient) -> None:
    older = Page(patient)
    older.keep()
    Page(patient).keep(fever="unknown")
    older.send()
    assert Screening.objects.get().typed["fever"] == "unknown"


def test_an_older_page_comes_back_with_what_was_typed(patient: Patient) -> None:
    older = Page(patient)
    older.keep()
    Page(patient).keep()
    answer = older.send(brought_on_by="driving")
    assert (answer.status_code, 'value="driving"' in words(answer)) == (409, True)


def test_an_older_page_names_what_is_stored_otherwise(patient: Patient) -> None:
    older = Page(patient)
    older.keep()
    Page(patient).keep(brought_on_by="lifting", fever="unknown")
    differing = older.send(brought_on_by="driving").context["differing"]
    assert {stored for _, _, stored in differing} == {"lifting", "Not sure"}


def test_what_is_stored_otherwise_is_linked_to_its_field(patient: Patient) -> None:
    older = Page(patient)
    older.keep()
    Page(patient).keep(brought_on_by="lifting", fever="unknown")
    answer = older.send()
    assert all(f'id="{anchor}"' in words(answer) for anchor, _, _ in answer.context["differing"])


def test_pressing_again_after_that_uses_the_answers_of_the_page(patient: Patient) -> None:
    older = Page(patient)
    older.keep()
    Page(patient).keep(brought_on_by="lifting")
    older.drawn_from(older.send(brought_on_by="driving"))
    older.send(brought_on_by="driving")
    assert Screening.objects.sent().get().brought_on_by == "driving"


def test_a_page_whose_own_change_was_on_its_way_is_not_held_up(patient: Patient) -> None:
    page = Page(patient)
    page.keep()
    # The page was drawn before its first answer was kept, and has not heard of it.
    assert page.send().status_code == 302


@pytest.mark.parametrize("revision", ["", "old", "-1", "9" * 5000])
def test_a_crafted_revision_is_an_older_one(patient: Patient, revision: str) -> None:
    Page(patient).keep()
    other = Page(patient)
    other.hidden["revision"] = revision
    assert other.keep().status_code == 409


def test_a_draft_counts_its_changes(patient: Patient, staff: User) -> None:
    draft = open_draft(patient, by=staff)
    keep_draft(draft, {}, by=make_staff(), today=Clinic.load().today())
    keep_draft(draft, {"fever": "no"}, by=make_staff(), today=Clinic.load().today())
    assert (draft.revision, Screening.objects.get().revision) == (2, 2)


def test_an_older_revision_is_refused(patient: Patient, staff: User) -> None:
    draft = open_draft(patient, by=staff)
    keep_draft(draft, {}, by=make_staff(), today=Clinic.load().today())
    older = find_draft(patient, str(draft.pk), by=staff)
    keep_draft(draft, {"fever": "no"}, page=uuid4(), by=make_staff(), today=Clinic.load().today())
    with pytest.raises(DraftElsewhere):
        keep_draft(older, {"fever": "yes"}, page=uuid4(), by=make_staff(), today=Clinic.load().today())


# --- after one was sent --------------------------------------------------------------------------------


def both(patient: Patient) -> tuple[Page, Page]:
    """Two people who look at the same draft."""
    first = Page(patient)
    first.keep()
    return first, Page(patient)


def test_answers_after_a_colleagues_sending_come_back_in_the_form(patient: Patient) -> None:
    sender, other = both(patient)
    sender.send()
    answer = other.send(saddle_numbness="yes")
    assert answer.context["form"].data["saddle_numbness"] == "yes"


def test_answers_after_a_colleagues_sending_are_a_conflict(patient: Patient) -> None:
    sender, other = both(patient)
    sender.send()
    answer = other.send(saddle_numbness="yes")
    assert (answer.status_code, "Somebody sent a screening meanwhile" in words(answer)) == (409, True)


def test_pressing_again_sends_them_as_a_new_screening(patient: Patient) -> None:
    sender, other = both(patient)
    sender.send()
    other.drawn_from(other.send(saddle_numbness="yes"))
    other.send(saddle_numbness="yes")
    newest = Screening.objects.newest_of(patient)
    assert newest is not None
    assert newest.findings["saddle_numbness"] is True


def test_changed_answers_on_a_page_that_was_sent_already_are_not_lost(patient: Patient) -> None:
    page = Page(patient)
    page.send()
    assert page.send(saddle_numbness="yes").status_code == 409


def test_the_same_answers_sent_twice_by_one_page_are_one_screening(patient: Patient) -> None:
    page = Page(patient)
    page.send(brought_on_by="lifting", temperature="99.5")
    page.send(brought_on_by="lifting", temperature="99.5")
    assert Screening.objects.count() == 1


def test_keeping_after_a_colleagues_sending_is_told(patient: Patient) -> None:
    sender, other = both(patient)
    sender.send()
    answer = other.keep()
    assert (answer.status_code, "was sent meanwhile" in words(answer)) == (409, True)
