"""A movement's frames over HTTP: for whoever is signed in, and of what was published."""

import pytest
from django.test import Client
from django.urls import reverse

from practice.models import User
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_version
from therapies.tests.sample_figures import TOML, make_figure

pytestmark = pytest.mark.django_db
STILL = make_figure(TOML.rpartition("[[panel]]")[0])


@pytest.fixture
def patient(client: Client) -> Client:
    client.force_login(User.objects.create(kind=User.Kind.PATIENT))
    return client


def make_drawn(**fields: object) -> InstructionVersion:
    return make_instruction_version(figures={"main": make_figure(), "easier": STILL}, **fields)


def address(version: InstructionVersion, name: str = "main") -> str:
    return reverse("figure_motion", args=[version.pk, name])


def test_the_frames_hold_one_shape_of_each_path(patient: Client) -> None:
    frames = patient.get(address(make_drawn())).json()
    assert {len(shapes) for shapes in frames["shapes"]} == {len(frames["looks"])}


def test_a_phone_may_keep_what_was_published(patient: Client) -> None:
    assert patient.get(address(make_drawn())).headers["Cache-Control"] == "private, max-age=86400"


def test_what_was_replaced_can_still_be_played(patient: Client) -> None:
    assert patient.get(address(make_drawn(status="superseded"))).status_code == 200


@pytest.mark.parametrize("name", ["harder", "easier"])
def test_what_is_not_drawn_or_does_not_move_is_not_found(patient: Client, name: str) -> None:
    assert patient.get(address(make_drawn(), name)).status_code == 404


def test_a_draft_is_not_for_patients(patient: Client) -> None:
    assert patient.get(address(make_drawn(published=False))).status_code == 404


def test_staff_may_play_a_draft_which_is_not_kept(client: Client) -> None:
    client.force_login(User.objects.create(username="editor"))
    assert client.get(address(make_drawn(published=False))).headers["Cache-Control"] == "private, max-age=0"


@pytest.mark.parametrize(("side", "flip"), [("other", "matrix(-1 "), ("", "")])
def test_the_other_side_is_turned_over_where_the_address_asks_for_it(patient: Client, side: str, flip: str) -> None:
    assert patient.get(address(make_drawn()), {"side": side}).json()["flip"][:10] == flip
