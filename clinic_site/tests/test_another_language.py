"""A language that is added as files, from right to left: nothing on a patient's pages is left in English."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.translation import override

from clinic_site.tests.pseudo_language import CODE, KEPT, NAME, pseudo, write_language
from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient
from plans.tests.answering_pages import answer_everything
from plans.tests.factories import make_issued
from practice.models import Clinic
from practice.tests.factories import make_clinic
from therapies import languages as its_own
from therapies.languages import language_choices
from therapies.universal import universal

# In another language by themselves: who reads a button for English must be able to.
OWN_WORDS = {"English", "Español"}
# What a screen reader says, or a browser shows, beside the text.
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-yes", "data-no", "data-more", "data-one-more")
VOID = {"meta", "link", "input", "br", "img", "path", "rect", "circle", "line", "hr"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped languages and one more."""
    made = tmp_path_factory.mktemp("locale")
    for code in its_own.languages():
        (made / code).symlink_to(its_own.FOLDER / code)
    write_language(made)
    return made


@pytest.fixture
def language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The only change to the clinic: where its languages are."""
    monkeypatch.setattr(its_own, "FOLDER", folder)
    its_own.languages.cache_clear()
    told = its_own.languages()
    with override_settings(
        LOCALE_PATHS=[folder],
        LANGUAGES=[(code, each.name) for code, each in told.items()],
        LANGUAGES_BIDI=[code for code, each in told.items() if each.is_rtl],
    ):
        yield CODE
    monkeypatch.undo()
    its_own.languages.cache_clear()


class Reader(HTMLParser):
    """The words of a page that stand in its own language: not what is marked as another, nor a person's own words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.words: list[str] = []
        self.direction = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.direction = told.get("dir") or ""
        skipped = tag in ("script", "style") or (tag != "html" and bool({"lang", "dir"} & told.keys()))
        skipped = skipped or bool(self.open and self.open[-1])
        if not skipped:
            self.words += [told[name] or "" for name in SPOKEN if name in told]
        if tag not in VOID:
            self.open.append(skipped)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1]):
            self.words.append(data)

    def still_english(self, *names: str) -> list[str]:
        """What holds Latin letters once the names of people and of the clinic are taken out."""
        words = [KEPT.sub("", " ".join(each.split())) for each in self.words]
        for name in (*names, *OWN_WORDS, "°F", "°C"):
            words = [each.replace(name, "") for each in words]
        return [each for each in words if any(letter.isascii() and letter.isalpha() for letter in each)]


def read(client: Client, name: str, *args: str) -> Reader:
    reader = Reader()
    answer = client.get(reverse(name, args=args), follow=True, headers={"accept-language": CODE})
    reader.feed(answer.content.decode())
    return reader


@pytest.fixture
def patient(client: Client, language: str) -> Patient:
    make_clinic(phone="555 0100", hours="8-5", after_hours="10")
    Clinic.objects.update(name="11")
    someone = make_patient(given_name="2", family_name="3", language=language)
    sign_in_patient(client, someone)
    return someone


def test_it_needs_no_code_to_be_chosen(language: str) -> None:
    assert (language, "Hebrew letters") in language_choices()


@pytest.mark.django_db
def test_its_switch_is_on_every_page(client: Client, language: str) -> None:
    assert f'value="{CODE}" lang="{CODE}">{NAME}<' in client.get(reverse("home")).content.decode()


def test_what_goes_with_every_plan_is_in_it(language: str) -> None:
    assert universal(language).stop[0] == pseudo(universal("en").stop[0])


def test_a_word_that_it_lacks_is_in_english(language: str) -> None:
    with override(language):
        assert universal("es").stop != universal(language).stop


@pytest.mark.django_db
def test_a_telephone_number_keeps_its_order_within_it(client: Client, patient: Patient) -> None:
    assert "\u2066555 0100\u2069" in Client().get(reverse("start"), headers={"accept-language": CODE}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "start", "learn"])
def test_a_public_page_runs_from_right_to_left_with_no_english(client: Client, patient: Patient, name: str) -> None:
    page = read(Client(), name)
    assert (page.direction, page.still_english()) == ("rtl", [])


@pytest.mark.django_db
def test_the_plan_runs_from_right_to_left_with_no_english(client: Client, patient: Patient) -> None:
    texts = {"why": "5", "steps": ["6"], "feel": "7", "stop_if": ["8"], "not_now_if": ["9"]}
    make_issued(patient=patient, items=[{"kind": "ice", "title": "4", "text": texts}])
    page = read(client, "me")
    assert (page.direction, page.still_english()) == ("rtl", [])


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["urgent", "where", "since", "health"])
def test_the_questions_run_from_right_to_left_with_no_english(client: Client, patient: Patient, group: str) -> None:
    told = read(client, "answer_page", group)
    assert (told.direction, told.still_english()) == ("rtl", [])


@pytest.mark.django_db
def test_the_urgent_card_is_in_it(client: Client, patient: Patient) -> None:
    answer_everything(client, saddle_numbness="yes")
    told = read(client, "answer_card")
    assert (told.direction, told.still_english()) == ("rtl", [])
