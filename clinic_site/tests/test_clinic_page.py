"""The owner's page: everything that runs the clinic, and what of it waits."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic_page import BACKUP_IS_OLD, MISFIT_IS_SHOWN, PROOF_IS_OLD, Matter, matters
from clinic_site.keeping.proving import DOES_NOT_FIT, FITS
from intake.tests.factories import make_staff, sign_in_staff
from intake.tests.factories_restrictions import make_broken_glass
from practice.models import AuditEvent, Clinic, Switch
from practice.roles import Role
from practice.switches import ask
from practice.tests.factories import make_clinic
from therapies.rule_set import rule_set
from therapies.sign_off import Capacity, sign_rule_set

pytestmark = pytest.mark.django_db


def _matter(title: str) -> Matter:
    owner = make_staff(roles=(Role.OWNER,))
    return next(each for each in matters(Clinic.load(), owner) if each.title == title)


def _backed_up(ago: timedelta) -> None:
    AuditEvent.objects.create(action=AuditEvent.Action.BACKED_UP, at=timezone.now() - ago)


def test_each_matter_with_an_address_opens(client: Client) -> None:
    # What an owner may do in the admin.
    call_command("make_roles", verbosity=0)
    owner = sign_in_staff(client, Role.OWNER)
    urls = [each.url for each in matters(Clinic.load(), owner) if each.url]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_the_page_shows_each_matter(client: Client) -> None:
    owner = sign_in_staff(client, Role.OWNER)
    page = client.get(reverse("clinic")).content.decode()
    assert [each.title for each in matters(Clinic.load(), owner) if each.what not in page] == []


def test_a_clinic_that_cannot_be_called_is_asked_for_its_telephone() -> None:
    make_clinic(phone="")
    assert _matter("Details").waits


def test_a_clinic_that_can_be_called_is_asked_for_nothing() -> None:
    make_clinic()
    assert not _matter("Details").waits


def test_an_unsigned_rule_set_waits_for_both_signatures() -> None:
    assert "as the owner and as a clinician" in _matter("Rules").stands


def test_a_signed_rule_set_waits_for_nobody() -> None:
    clinic = Clinic.load()
    for capacity, role in ((Capacity.OWNER, Role.OWNER), (Capacity.CLINICIAN, Role.CLINICIAN)):
        sign_rule_set(capacity, by=make_staff(roles=(role,)), clinic=clinic, read_hash=rule_set(clinic).hash)
    assert (_matter("Rules").stands, _matter("Rules").waits) == ("Signed.", False)


def test_a_switch_that_was_asked_for_waits_for_a_clinician() -> None:
    ask(Switch.STANDING_ORDERS, by=make_staff(roles=(Role.OWNER,)))
    assert _matter("Switches").stands == "All off, 1 waiting for a clinician's signature."


def test_an_opening_that_the_owner_has_not_seen_waits() -> None:
    make_broken_glass()
    assert _matter("Restricted records").stands == "1 record, opened 1 time by others since you looked."


def test_without_a_backup_it_says_that_there_is_none() -> None:
    assert (_matter("Backup").stands, _matter("Backup").waits) == ("There is none yet.", True)


def test_a_backup_of_last_night_waits_for_nobody() -> None:
    _backed_up(BACKUP_IS_OLD - timedelta(minutes=1))
    assert not _matter("Backup").waits


def test_a_backup_that_was_not_made_last_night_waits() -> None:
    _backed_up(BACKUP_IS_OLD + timedelta(minutes=1))
    assert _matter("Backup").waits


def _proved(detail: str, ago: timedelta) -> None:
    AuditEvent.objects.create(action=AuditEvent.Action.PROVED, detail=detail, at=timezone.now() - ago)


def test_a_record_that_nobody_has_proved_waits() -> None:
    assert (_matter("The record").waits, "Nobody has proved" in _matter("The record").stands) == (True, True)


def test_a_record_that_was_proved_this_week_waits_for_nobody() -> None:
    _proved(FITS, PROOF_IS_OLD - timedelta(minutes=1))
    assert not _matter("The record").waits


def test_a_record_that_was_not_proved_this_week_waits() -> None:
    _proved(FITS, PROOF_IS_OLD + timedelta(minutes=1))
    assert (_matter("The record").waits, "too long ago" in _matter("The record").stands) == (True, True)


def test_a_record_that_did_not_fit_waits_and_says_so_whatever_was_proved_since() -> None:
    _proved(DOES_NOT_FIT, timedelta(days=1))
    _proved(FITS, timedelta(hours=1))
    assert (_matter("The record").waits, "something did not fit" in _matter("The record").stands) == (True, True)


def test_a_misfit_of_long_ago_is_not_shown_any_more() -> None:
    _proved(DOES_NOT_FIT, MISFIT_IS_SHOWN + timedelta(days=1))
    _proved(FITS, timedelta(hours=1))
    assert not _matter("The record").waits


def test_a_record_that_was_proved_before_a_restore_is_not_proved() -> None:
    _proved(FITS, timedelta(hours=1))
    AuditEvent.objects.create(action=AuditEvent.Action.RESTORED)
    assert (_matter("The record").waits, "Nobody has proved" in _matter("The record").stands) == (True, True)


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_no_sentence_ends_twice(hour: int) -> None:
    at = timezone.now().replace(hour=hour, minute=5)
    for action in (AuditEvent.Action.BACKED_UP, AuditEvent.Action.PROVED):
        AuditEvent.objects.create(action=action, detail=FITS, at=at)
    assert [title for title in ("Backup", "The record") if ".." in _matter(title).stands] == []
