"""Every page of the demo in one table: `make shots` photographs it, the browser journeys walk it with axe.

for page in PAGES:
    address = address_of(page, demo.sign_ins)     # "/desk/patients/5f0.../"
    # open it as page.who, then do page.steps
"""

from django.urls import reverse

from clinic_site.demo.sign_ins import PatientRecord, SignIns
from clinic_site.demo.visits import Needs, Page, Step, Who

FIND = Step("main .search button")
SEND = "main form[method=post] :is(button, input)[type=submit]"
ANOTHER = Who.SECOND_CLINICIAN
# What the second clinician does to a draft while the first one types.
PUT_ICE_LAST = (
    Step("article[aria-label='Ice pack'] [value^='remove:']", by=ANOTHER),
    Step("[value='add:ice-pack']", by=ANOTHER),
)
DELETE_THE_DRAFT = (
    Step("details:has([action$='/delete/']) summary", by=ANOTHER),
    Step("[action$='/delete/'] button", by=ANOTHER),
)
SAVE_THE_DRAFT = Step("#build [value=save]:not([aria-hidden])")


def _story(story: str, who: Who = Who.FRONT_DESK) -> Page:
    return Page(f"patient-{story}", who, "patient", story=story, needs=Needs.PATIENT)


PUBLIC = (
    Page("home", Who.ANYONE, "home"),
    Page("learn", Who.ANYONE, "learn"),
    Page("learn-ice", Who.ANYONE, "learn_therapy", words=("ice",)),
    Page("learn-medication", Who.ANYONE, "learn_therapy", words=("medication",)),
    Page("start", Who.ANYONE, "start"),
    Page("start-refused", Who.ANYONE, "start", steps=(Step("#code", "BBB-CCCC-DDDD"), Step(SEND))),
    Page("start-email", Who.ANYONE, "start_email", steps=(Step("#id_email", "rosamund at home"), Step(SEND))),
    Page(
        "start-email-code",
        Who.ANYONE,
        "start_email",
        steps=(Step("#id_email", "nobody@patients.example"), Step(SEND), Step("#id_code", "0000 0000"), Step(SEND)),
    ),
    Page("sign-in", Who.ANYONE, "sign_in"),
    Page("invitation", Who.ANYONE, "invitation"),
    Page("invitation-errors", Who.ANYONE, "invitation", steps=(Step("#id_code", "BCDF"), Step(SEND))),
    Page("sign-in-refused", Who.ANYONE, "sign_in", steps=(Step("#id_username", "nobody"), Step(SEND))),
)
PATIENT = (
    Page("me", Who.PATIENT, "me", story="stuck-for-weeks"),
    Page("me-movement", Who.PATIENT, "me", story="stuck-for-weeks", steps=(Step(".item a[href*='/me/items/']"),)),
    Page("me-ice", Who.PATIENT, "me", story="fresh-sprain"),
    Page("me-ended", Who.PATIENT, "me", story="plan-over"),
    Page("me-stopped-emergency", Who.PATIENT, "me", story="stopped-emergency"),
    Page("me-stopped-review", Who.PATIENT, "me", story="stopped-review"),
    Page("me-phases", Who.PATIENT, "me", story="ice-then-heat"),
    Page("me-waiting", Who.PATIENT, "me", story="heat-waits"),
    Page("me-on-hold", Who.PATIENT, "me", story="ice-on-hold"),
    Page("my-plan-phases", Who.PATIENT, "my_plan", story="ice-then-heat", needs=Needs.VERSION),
    Page("me-no-plan-yet", Who.PATIENT, "me", story="just-registered"),
    Page("me-medicines", Who.PATIENT, "me", story="second-version"),
    Page("my-plans", Who.PATIENT, "my_plans", story="second-version"),
    Page("my-plan", Who.PATIENT, "my_plan", story="second-version", needs=Needs.VERSION),
    Page("my-plan-earlier", Who.PATIENT, "my_plan", story="second-version", needs=Needs.EARLIER_VERSION),
    Page("start-signed-in", Who.PATIENT, "start", story="stuck-for-weeks"),
    Page("start-confirm", Who.CODE_TYPED, "start_confirm", story="ice-then-heat"),
    Page("start-not-mine", Who.CODE_TYPED, "start_confirm", story="heat-waits", steps=(Step("[value=no]"),)),
    Page("ways-in", Who.PATIENT, "ways_in", story="stuck-for-weeks"),
    Page("my-devices", Who.PATIENT, "my_devices", story="stuck-for-weeks"),
    Page("whose", Who.PATIENT, "whose", story="stuck-for-weeks"),
    Page("learn-signed-in", Who.PATIENT, "learn", story="stuck-for-weeks"),
)
ANSWERING = (
    Page("answer-first", Who.PATIENT, "answer_page", story="just-registered", words=("urgent",)),
    Page("answer-open", Who.PATIENT, "answer_page", story="just-registered", words=("private",), steps=(Step(SEND),)),
    Page("answer-where", Who.PATIENT, "answer_page", story="just-registered", words=("where",)),
    Page("answer-since", Who.PATIENT, "answer_page", story="just-registered", words=("since",)),
    Page("answer-check", Who.PATIENT, "answer_check", story="half-screened"),
    Page("answer-again", Who.PATIENT, "answer_again", story="stuck-for-weeks"),
    Page("answer-wrong", Who.PATIENT, "answer_wrong", story="stuck-for-weeks"),
    Page("answer-card", Who.PATIENT, "answer_card", story="stopped-emergency"),
    Page("tablet-done", Who.ANYONE, "tablet_done"),
    Page(
        "tablet-code",
        Who.FRONT_DESK,
        "patient",
        story="just-registered",
        needs=Needs.PATIENT,
        steps=(Step("form[action$='/tablet/'] button"),),
    ),
)
DESK = (
    Page("desk-today", Who.FRONT_DESK, "today"),
    Page("patients", Who.FRONT_DESK, "patients"),
    Page("patients-found", Who.FRONT_DESK, "patients", steps=(Step("#text", "a"), FIND)),
    Page("patients-none", Who.FRONT_DESK, "patients", steps=(Step("#text", "qqq"), FIND)),
    Page("patient-new", Who.FRONT_DESK, "patient_new"),
    Page("patient-new-errors", Who.FRONT_DESK, "patient_new", steps=(Step(SEND),)),
    Page(
        "patient-new-alike",
        Who.FRONT_DESK,
        "patient_new",
        steps=(
            Step("#id_given_name", "Nathan"),
            Step("#id_family_name", "Ferrell"),
            Step("#id_birth_date", "03/14/1980"),
            Step(SEND),
        ),
    ),
    _story("stuck-for-weeks"),
    _story("swollen-ten-days"),
    _story("no-feeling"),
    _story("plan-over"),
    _story("stopped-emergency"),
    _story("half-screened"),
    _story("just-registered"),
    _story("another-script"),
    _story("long-name"),
    Page("patient-edit", Who.FRONT_DESK, "patient_edit", story="stuck-for-weeks", needs=Needs.PATIENT),
    Page(
        "patient-edit-errors",
        Who.FRONT_DESK,
        "patient_edit",
        story="stuck-for-weeks",
        needs=Needs.PATIENT,
        steps=(Step("#id_birth_date", "03/14/2190"), Step("#id_email", "nathan at home"), Step(SEND)),
    ),
    Page("access", Who.FRONT_DESK, "access", story="stuck-for-weeks", needs=Needs.PATIENT),
    Page(
        "proxy-new",
        Who.FRONT_DESK,
        "proxy_new",
        story="stuck-for-weeks",
        needs=Needs.PATIENT,
        steps=(Step("#id_until", "soon"), Step(SEND)),
    ),
    Page("screening", Who.FRONT_DESK, "screening", story="just-registered", needs=Needs.PATIENT),
    Page("screening-draft", Who.FRONT_DESK, "screening", story="half-screened", needs=Needs.PATIENT),
    Page(
        "screening-red-flag",
        Who.FRONT_DESK,
        "screening",
        story="half-screened",
        needs=Needs.PATIENT,
        steps=(Step("#div_id_saddle_numbness label"), Step("#staff-card-here h2", comes=True)),
    ),
    Page(
        "screening-errors",
        Who.FRONT_DESK,
        "screening",
        story="long-name",
        needs=Needs.PATIENT,
        steps=(Step("#id_onset_ago", "9"), Step("#id_temperature", "212"), Step("#screening [type=submit]")),
    ),
    Page("plan-build", Who.FRONT_DESK, "plan_build", story="plan-to-issue", needs=Needs.DRAFT),
    Page("plan-version", Who.FRONT_DESK, "plan_version", story="second-version", needs=Needs.VERSION),
    Page(
        "plan-version-earlier",
        Who.FRONT_DESK,
        "plan_version",
        story="second-version",
        needs=Needs.EARLIER_VERSION,
    ),
    Page(
        "codes",
        Who.FRONT_DESK,
        "patient",
        story="grey-zone",
        needs=Needs.PATIENT,
        steps=(Step("form[action$='/codes/'] button"),),
    ),
)
CLINICIAN = (
    Page("desk-today", Who.CLINICIAN, "today"),
    _story("grey-zone", Who.CLINICIAN),
    _story("stopped-review", Who.CLINICIAN),
    Page("plan-version-stopped", Who.CLINICIAN, "plan_version", story="stopped-review", needs=Needs.VERSION),
    _story("second-version", Who.CLINICIAN),
    Page("plan-build", Who.CLINICIAN, "plan_build", story="plan-to-issue", needs=Needs.DRAFT),
    _story("ice-on-hold", Who.CLINICIAN),
    _story("review-cleared", Who.CLINICIAN),
    _story("stopped-emergency", Who.CLINICIAN),
    Page("plan-version-phases", Who.CLINICIAN, "plan_version", story="ice-then-heat", needs=Needs.VERSION),
    Page("export", Who.CLINICIAN, "export", story="grey-zone", needs=Needs.PATIENT),
    Page("record", Who.CLINICIAN, "version_record", story="grey-zone", needs=Needs.VERSION),
    Page(
        "record-of-screening",
        Who.CLINICIAN,
        "patient",
        story="no-feeling",
        needs=Needs.PATIENT,
        steps=(Step("summary:has-text('The answers')"), Step("a[href*='/screenings/']")),
    ),
    Page("orders", Who.CLINICIAN, "orders"),
    Page("sheets", Who.FRONT_DESK, "sheets"),
    Page("booklet", Who.FRONT_DESK, "booklet"),
    Page("library-plans", Who.CLINICIAN, "library_uses", words=("ice-pack",)),
    Page("order-to-sign", Who.CLINICIAN, "order_sign", words=("day-3-to-13",)),
    Page("plan-version", Who.CLINICIAN, "plan_version", story="grey-zone", needs=Needs.VERSION),
)
RESTRICTED = (
    Page("glass", ANOTHER, "break_glass", story="a-colleague", needs=Needs.PATIENT),
    Page("glass-errors", ANOTHER, "break_glass", story="a-colleague", needs=Needs.PATIENT, steps=(Step(SEND),)),
    Page("patients-restricted", ANOTHER, "patients", steps=(Step("#text", "March"), FIND)),
    _story("a-colleague", Who.CLINICIAN),
    Page(
        "restriction",
        Who.CLINICIAN,
        "patient",
        story="a-colleague",
        needs=Needs.PATIENT,
        steps=(Step("a[href*='/restrictions/']"),),
    ),
    Page(
        "patient-restrict",
        Who.CLINICIAN,
        "patient_restrict",
        story="stuck-for-weeks",
        needs=Needs.PATIENT,
        steps=(Step(SEND),),
    ),
    Page("erase", Who.OWNER, "erase"),
    Page("restricted-records", Who.OWNER, "restricted_records"),
)
LIBRARY = (
    Page("library", Who.EDITOR, "library"),
    Page("library-ice-pack", Who.EDITOR, "library_instruction", words=("ice-pack",)),
    Page("library-knee-rolls", Who.EDITOR, "library_instruction", words=("knee-rolls",)),
    Page("library-draft", Who.EDITOR, "library_instruction", words=("dead-bug",)),
    Page("library-new", Who.EDITOR, "library_new"),
    Page("library-draft-words", Who.EDITOR, "library_draft_words", words=("dead-bug", "en")),
    Page("library-draft-facts", Who.EDITOR, "library_draft_facts", words=("dead-bug",)),
    Page("library-draft-picture", Who.EDITOR, "library_draft_picture", words=("dead-bug", "main")),
    Page("library-figures", Who.EDITOR, "library_figures"),
    Page("library-figure-new", Who.EDITOR, "library_figure_new"),
    Page("library-upload", Who.EDITOR, "library_upload"),
    Page("library-compare", Who.EDITOR, "library_compare", words=("dead-bug",)),
    Page("words", Who.EDITOR, "words_list"),
    Page("words-text", Who.EDITOR, "words_list", steps=(Step("main table a"),)),
    Page("library-page-ice", Who.EDITOR, "library_page", words=("ice",)),
    Page("languages", Who.EDITOR, "review_languages"),
    Page("language-part", Who.EDITOR, "review_part", words=("es", "instruction:ice-pack"), steps=(Step(SEND),)),
    Page("not-allowed", Who.EDITOR, "today"),
    Page("library", Who.OWNER, "library"),
    Page("rules", Who.OWNER, "rules"),
    Page("switches", Who.OWNER, "switches"),
    Page("admin", Who.OWNER, "admin:index"),
    Page("events", Who.OWNER, "events"),
    Page("events-refused", Who.OWNER, "events", steps=(Step("#id_first", "soon"), Step("main form [type=submit]"))),
    Page("who-looked", Who.FRONT_DESK, "who_looked", story="stuck-for-weeks", needs=Needs.PATIENT),
)
# How each of the staff signs in. What needs a second step is seen by tests/journeys/test_staff_sign_in.py.
OWN_SIGN_IN = (
    Page("your-sign-in", Who.FRONT_DESK, "mfa_index"),
    Page("second-step-set-up", Who.FRONT_DESK, "second_factor_set_up"),
    Page("password-errors", Who.FRONT_DESK, "account_change_password", steps=(Step(SEND),)),
    Page("password-again", Who.FRONT_DESK, "account_reauthenticate"),
    Page("app-add", Who.FRONT_DESK, "mfa_activate_totp"),
    Page("passkey-add", Who.FRONT_DESK, "mfa_add_webauthn"),
    Page("recovery-codes-new", Who.FRONT_DESK, "mfa_generate_recovery_codes"),
    Page("staff", Who.OWNER, "staff"),
    Page("staff-invite", Who.OWNER, "staff_invite"),
    Page("staff-invite-errors", Who.OWNER, "staff_invite", steps=(Step(SEND),)),
    Page("staff-member", Who.OWNER, "staff", steps=(Step("main tbody tr:nth-child(2) a"),)),
)
# A member of staff with a PIN signs in and locks the screen.
LOCK = (
    Step("#id_username", "desk2"),
    Step("#id_password", "slow-and-steady-desk-two"),
    Step(SEND),
    Step("[action$='/desk/lock/'] button"),
)
SIGN_IN = (
    Page("sessions", Who.FRONT_DESK, "sessions"),
    Page("pin", Who.FRONT_DESK, "pin"),
    Page("pin-refused", Who.FRONT_DESK, "pin", steps=(Step("#id_pin", "1234"), Step(SEND))),
    Page("locked", Who.ANYONE, "sign_in", steps=LOCK),
    Page("locked-wrong-pin", Who.ANYONE, "sign_in", steps=(*LOCK, Step("#id_pin", "111"), Step(SEND))),
)
# Each leaves the demo as it was, but for the order of one draft's items.
REFUSED = (
    Page(
        "plan-build-errors",
        Who.CLINICIAN,
        "plan_build",
        story="plan-to-issue",
        needs=Needs.DRAFT,
        steps=(
            Step("[id$='-minutes']", "0"),
            Step("article[aria-label='Short walks'] [id$='-until_date']", "soon"),
            SAVE_THE_DRAFT,
        ),
    ),
    Page(
        "plan-build-overtaken",
        Who.CLINICIAN,
        "plan_build",
        story="plan-to-issue",
        needs=Needs.DRAFT,
        steps=(
            Step("#id_note", "Ice in the morning, before you sit down to work."),
            Step("article[aria-label='Ice pack'] [id$='-times_a_day']", "4"),
            *PUT_ICE_LAST,
            SAVE_THE_DRAFT,
        ),
    ),
    Page(
        "plan-build-deleted",
        Who.CLINICIAN,
        "patient",
        story="poor-circulation",
        needs=Needs.PATIENT,
        steps=(
            Step("[action$='/plan/'] button"),
            Step("#id_note", "Ten minutes of warmth is enough for you."),
            *DELETE_THE_DRAFT,
            SAVE_THE_DRAFT,
        ),
    ),
)
PAGES = (*PUBLIC, *PATIENT, *ANSWERING, *DESK, *CLINICIAN, *RESTRICTED, *LIBRARY, *OWN_SIGN_IN, *SIGN_IN, *REFUSED)


def address_of(page: Page, sign_ins: SignIns) -> str:
    """The page's path. Raises StopIteration for an unknown story, IndexError for a missing version."""
    named = () if page.needs is Needs.NOTHING else (_id(sign_ins.patient(page.story), page.needs),)
    return reverse(page.route, args=(*named, *page.words))


def _id(record: PatientRecord, needs: Needs) -> str:
    if needs is Needs.PATIENT:
        return record.patient
    if needs is Needs.DRAFT:
        return record.draft
    return record.versions[0 if needs is Needs.VERSION else 1]
