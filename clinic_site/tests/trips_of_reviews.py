"""What breaks the constraints of reviews of texts; test_constraints.py tries each."""

from collections.abc import Callable

from therapies.models import TextReview
from therapies.tests.factories_reviews import NEEDS_WORK, make_interface, make_review
from therapies.wordings import Wording


def _a_review(**fields: object) -> TextReview:
    return make_review(of=make_interface()["interface-plan"], **fields)


TRIPS: dict[str, Callable[[], object]] = {
    "text_reviews_end_in_a_yes_or_a_no": lambda: _a_review(outcome="maybe", note="Hm."),
    "text_reviewers_say_how_they_know": lambda: _a_review(qualification=""),
    "text_reviews_say_what_needs_work": lambda: _a_review(outcome=NEEDS_WORK, note=""),
    "text_reviews_are_of_other_languages": lambda: make_review(of=Wording("en", "page:ice", ())),
}
