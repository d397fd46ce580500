"""What the desk and clinicians see of patients, of the table in pages.py."""

from clinic_site.demo.visits import SEND, Needs, Page, Step, Who

FIND = Step("main .search button")
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
    Page("access-of-a-helper", Who.FRONT_DESK, "access", story="large-print", needs=Needs.PATIENT),
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
        shows="codes_make",
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
        shows="screening_record",
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
        shows="restriction",
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
    Page("keep", Who.OWNER, "keep"),
    Page("restricted-records", Who.OWNER, "restricted_records"),
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
