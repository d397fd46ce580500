"""What staff see of the library, the clinic and their own sign-in, of the table in pages.py."""

from clinic_site.demo.visits import SEND, Needs, Page, Step, Who

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
    Page("words-text", Who.EDITOR, "words_list", steps=(Step("main table a"),), shows="words_text"),
    Page("library-page-ice", Who.EDITOR, "library_page", words=("ice",)),
    Page(
        "library-page-draft",
        Who.EDITOR,
        "library_page",
        words=("rest-and-return",),
        # The first visit begins the draft.
        steps=(Step("main :is(form[action$='/en/start/'] button, a[href$='/draft/en/'])"),),
        shows="library_page_draft",
    ),
    Page(
        "library-preview",
        Who.EDITOR,
        "library_instruction",
        words=("ice-pack",),
        steps=(Step("main a[href*='/preview/']"),),
        shows="library_preview",
    ),
    Page("languages", Who.EDITOR, "review_languages"),
    Page("language-part", Who.EDITOR, "review_part", words=("es", "instruction:ice-pack"), steps=(Step(SEND),)),
    Page("not-allowed", Who.EDITOR, "today"),
    Page("library", Who.OWNER, "library"),
    Page("clinic", Who.OWNER, "clinic"),
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
    Page("staff-member", Who.OWNER, "staff", steps=(Step("main tbody tr:nth-child(2) a"),), shows="staff_member"),
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
    Page("locked", Who.ANYONE, "sign_in", steps=LOCK, shows="locked"),
    Page(
        "locked-wrong-pin",
        Who.ANYONE,
        "sign_in",
        steps=(*LOCK, Step("#id_pin", "111"), Step(SEND)),
        shows="locked",
    ),
)
