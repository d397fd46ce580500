"""Every page is in the demo's table of pages, so that somebody looks at it; or it says here why not."""

from clinic_site.demo.pages import PAGES
from clinic_site.tests.access_table import TABLE

DATA = "no page: a file, a picture or data"
SENT_ON = "answers by sending on to another page"
SECOND_STEP = "the demo has no second step: seen in journeys/test_staff_sign_in.py"
NOT_SHOWN = {
    "account_login": "the same page as sign_in",
    "answer": SENT_ON,
    "card_print": DATA,
    "desk_card_print": DATA,
    "events_file": DATA,
    "export_data": DATA,
    "figure_motion": DATA,
    "health": DATA,
    "health_alive": DATA,
    "health_ready": DATA,
    "instruction_print": DATA,
    "me_print": DATA,
    "mfa_authenticate": SECOND_STEP,
    "mfa_deactivate_totp": SECOND_STEP,
    "mfa_edit_webauthn": SECOND_STEP,
    "mfa_login_webauthn": DATA,
    "mfa_reauthenticate_webauthn": SECOND_STEP,
    "mfa_remove_webauthn": SECOND_STEP,
    "mfa_view_recovery_codes": SECOND_STEP,
    "neither_print": DATA,
    "page_print": DATA,
    "patient_state": "a part of the page of a patient",
    "programme_print": DATA,
    "red_flags_state": "a part of the page of a patient",
    "start_passkey": DATA,
    "still_here": DATA,
    "tablet_state": DATA,
    "today_state": "a part of today",
    "uploaded_picture": DATA,
}


def test_every_page_is_shown_or_says_why_not() -> None:
    pages = {name for name, row in TABLE.items() if row.method == "GET"}
    shown = {each for page in PAGES for each in (page.route, page.shows)}
    assert pages - shown == set(NOT_SHOWN)
