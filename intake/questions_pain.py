"""Where and how it hurts, since when, and what a pain of many months is like (rules.md R17)."""

from intake.asking import UNKNOWN, YES, Group, OnlyIf, Own, Question, Said
from intake.questions_red_flags import PAIN_CHANGED

NOT_IMPROVING_DAYS = 28  # rules.md section 1
DAYS_ON_A_PLAN = 14  # rules.md R25: "or after 2 weeks on the plan"
THREE_MONTHS = 91
DAYS_IN_A_YEAR = 365.25
EARLY, VERY_EARLY = 45, 35
ENOUGH_SIGNS = 2
ONSET = ("onset_date", "onset_ago", "onset_unit", "onset_is_minimum", "onset_unknown")
NO_SIGN = "none"
EARLY_START_SIGN = "before_35"
INFLAMMATORY_SIGNS = (
    (EARLY_START_SIGN, "It began before I was 35"),
    ("wakes", "It wakes me late at night"),
    ("buttock", "It hurts in my buttock"),
    ("eases_moving", "It gets better when I move"),
    ("eases_nsaid", "Pills like ibuprofen help"),
    ("family", "My close family has sore joints or psoriasis"),
    ("joints_or_skin", "I had swollen joints, sore heels or psoriasis"),
    (NO_SIGN, "None of these"),
    (UNKNOWN, "Not sure about some"),
)
Q = Question


def _may_have_lasted_four_weeks(said: Said) -> bool:
    return said.facts.lasted(NOT_IMPROVING_DAYS)


def _on_a_plan_for_two_weeks(said: Said) -> bool:
    return said.facts.plan_days is not None and said.facts.plan_days >= DAYS_ON_A_PLAN


def may_be_long(said: Said) -> bool:
    """Whether it may have lasted over three months; a pain that is called long-term has."""
    return said.facts.lasted(THREE_MONTHS + 1) or said.one("chronic_label") in (YES, UNKNOWN)


def _may_have_begun_early(said: Said) -> bool:
    """Whether it may have begun before the age of 45: this spell did, or an earlier one may have."""
    facts = said.facts
    if facts.onset_days is None or facts.onset_is_minimum:
        return True
    earlier = {said.one("chronic_label"), said.one("recurrent")} & {YES, UNKNOWN}
    # The age counts whole years, so this is the youngest that the person can have been.
    return bool(earlier) or facts.age - facts.onset_days / DAYS_IN_A_YEAR < EARLY


def _may_be_inflammatory(said: Said) -> bool:
    return may_be_long(said) and _may_have_begun_early(said)


def _start_must_be_asked(said: Said) -> bool:
    return said.facts.age >= EARLY and _may_be_inflammatory(said)


_READS = (*ONSET, "chronic_label", "recurrent")
LONG_WORDS = "Only if you have had this pain for over 3 months."
LONG_BECAUSE = "it has not lasted over 3 months, or it began after the age of 45"
START = OnlyIf(LONG_WORDS, LONG_BECAUSE, holds=_start_must_be_asked, reads=_READS)
SIGNS = OnlyIf(LONG_WORDS, LONG_BECAUSE, parents=("began_before_45",), holds=_may_be_inflammatory, reads=_READS)

WHERE = Group(
    "where",
    "Where it hurts",
    "",
    (
        Own(("regions",), lasting=PAIN_CHANGED),
        Own(("side",), lasting=PAIN_CHANGED),
        Own(("movements",)),
        Q("stretch_increases_leg_pain", "When you stretch, does pain go down your leg?"),
        Q("pain_severe", "Is the pain so strong, all the time, that you cannot think, sleep or move?"),
    ),
)

SINCE = Group(
    "since",
    "When it began",
    "",
    (
        Own(("onset_date", "onset_ago", "onset_unit"), lasting=PAIN_CHANGED),
        Own(("onset_is_minimum", "onset_unknown"), lasting=PAIN_CHANGED),
        Own(("brought_on_by", "how_often"), lasting=PAIN_CHANGED),
        Q("new_injury", "Did a new strain, lift, blow or fall start it?", lasting=PAIN_CHANGED),
        Q("recurrent", "Did you have pain like this before?", "It went away and came back.", lasting=PAIN_CHANGED),
        Q("chronic_label", "Do you or your doctor call this pain long-term (chronic)?", lasting=PAIN_CHANGED),
        Q(
            "no_better_in_4_weeks",
            "Is the pain no better than four weeks ago?",
            keys=("not_improving",),
            only_if=OnlyIf(
                "Only if it began 4 weeks ago or before.",
                "it began less than 4 weeks ago",
                holds=_may_have_lasted_four_weeks,
                reads=ONSET,
            ),
        ),
        Q(
            "no_better_on_plan",
            "Is the pain no better than when your plan began?",
            keys=("not_improving",),
            only_if=OnlyIf("", "no plan has run for 2 weeks", holds=_on_a_plan_for_two_weeks),
        ),
    ),
)

LASTING_PAIN = Group(
    "long",
    "Pain that has gone on for months",
    "",
    (
        Q(
            "began_before_45",
            "Did you first have this pain before you were 45?",
            keys=("inflammatory_pattern",),
            only_if=START,
            asks_history=True,
            # Hidden from those who are younger than that.
            implied=YES,
        ),
        Q(
            "inflammatory_signs",
            "Which of these fit your pain?",
            "Choose all that fit.",
            keys=("inflammatory_pattern",),
            choices=INFLAMMATORY_SIGNS,
            many=True,
            only_if=SIGNS,
            asks_history=True,
        ),
    ),
    red_flags=True,
)
