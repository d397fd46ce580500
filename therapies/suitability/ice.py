"""rules.md section 5: ice, row by row."""

from therapies.suitability.conditions import has
from therapies.suitability.constants import ICE_MAX_MIN
from therapies.suitability.pairing import NEITHER
from therapies.suitability.sources import (
    BANDS,
    CLINIC,
    COLD_LISTS,
    DEROYAL,
    DIABETES_TIPS,
    FLARES,
    INFLAMED,
    MPFT_COLD,
    PRACTICE,
    cite,
)
from therapies.suitability.tables import BaseRule, Rule, Table, Unanswered, keys_of
from therapies.suitability.timing import FLARE, GREY, INFLAM, LATE, ONSET_UNKNOWN, RECENT, TIMING_KEYS
from therapies.suitability.verdicts import Modality, Reason, Verdict

BASE = (
    BaseRule(
        "I-B1",
        lambda it: it.band == "recent" and not it.flare,
        Verdict.SUITABLE,
        "The injury is less than two weeks old ({days} days), which is when this clinic uses ice.",
        "Your pain is less than two weeks old, so ice may ease it.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "I-B2",
        lambda it: it.band == "recent" and it.flare,
        Verdict.CAUTION,
        "Less than two weeks old ({days} days), but a flare of an old problem without a new injury:"
        " the clinician chooses between ice and heat.",
        "You have had pain like this before, so the clinic will choose ice or heat with you.",
        cite(CLINIC, FLARES),
    ),
    BaseRule(
        "I-B3",
        lambda it: it.band == "grey" and not it.at_least,
        Verdict.CAUTION,
        "The injury is two to three weeks old ({days} days), when ice may no longer be right.",
        "Your pain is two to three weeks old, so ask the clinic before you use ice.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "I-B3",
        lambda it: it.band == "grey" and it.at_least,
        Verdict.CAUTION,
        "The injury is at least {days} days old and may be older, so ice may no longer be right.",
        "We do not know just how old your pain is, so ask the clinic before you use ice.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "I-B4",
        lambda it: it.band == "late",
        Verdict.NOT_SUITABLE,
        "The injury is over three weeks old ({days} days), when this clinic stops ice.",
        "Your pain is over three weeks old, so do not use ice now.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "I-B5",
        lambda it: it.band is None,
        Verdict.CAUTION,
        "It is not known when this began, so the clinician decides about ice.",
        "We do not know when your pain began, so ask the clinic before you use ice.",
        "Decision rules: no timing",
    ),
)

SIGNS = (
    Rule(
        "I-S1",
        INFLAM & RECENT,
        Verdict.SUITABLE,
        "The signs of inflammation speak for ice too: {found}.",
        "Ice may also help with {found}.",
        cite(CLINIC, INFLAMED),
    ),
    Rule(
        "I-S1",
        INFLAM & (GREY | ONSET_UNKNOWN),
        Verdict.CAUTION,
        "The signs of inflammation speak for ice, but its timing does not: {found}.",
        "Ice may help with {found}, but ask the clinic first.",
        cite(CLINIC, INFLAMED),
    ),
    Rule(
        "I-S1",
        INFLAM & LATE,
        Verdict.NOT_SUITABLE,
        "After three weeks the signs of inflammation do not bring ice back: {found}.",
        "Do not use ice now, and tell the clinic about {found}.",
        cite(CLINIC, INFLAMED),
    ),
)

BARS = (
    Rule(
        "I-N1",
        has("poor_circulation", "pvd"),
        Verdict.NOT_SUITABLE,
        "No ice where blood flow is poor: {found}.",
        "Do not use ice, because you have {found}.",
        cite(CLINIC, MPFT_COLD),
    ),
    Rule(
        "I-N2",
        has("area_cold", "whole_body_cold"),
        Verdict.NOT_SUITABLE,
        "No ice when the back or the whole body feels cold: {found}.",
        "Do not use ice when your back or your body feels cold.",
        CLINIC,
    ),
    Rule(
        "I-N3",
        has("raynauds", "cold_allergy", "past_ice_injury"),
        Verdict.NOT_SUITABLE,
        "Cold can harm this person: {found}.",
        "Do not use ice, because you have or had {found}.",
        cite(COLD_LISTS, DEROYAL, MPFT_COLD),
    ),
    Rule(
        "I-N4",
        has("area_numb", "diabetes_neuropathy"),
        Verdict.NOT_SUITABLE,
        "No ice where feeling is reduced, as an ice burn would not be felt: {found}.",
        "Do not use ice, because with {found} you may not feel it burn.",
        cite(MPFT_COLD, DEROYAL, COLD_LISTS),
    ),
    Rule(
        "I-N5",
        has("skin_broken", "skin_infection_or_rash"),
        Verdict.NOT_SUITABLE,
        "No ice on skin that is not whole and healthy: {found}.",
        "Do not use ice until your skin has healed.",
        cite(MPFT_COLD, DEROYAL, DIABETES_TIPS),
    ),
    Rule(
        "I-N6",
        has("cannot_report_or_remove"),
        Verdict.NOT_SUITABLE,
        "Ice is only for somebody who can feel it, say so and take it off: {found}.",
        "Do not use ice, because you may not be able to tell when it hurts or take it off.",
        DEROYAL,
    ),
)

CAUTIONS = (
    Rule(
        "I-C1",
        has("area_pale"),
        Verdict.CAUTION,
        "Pale skin may mean poor blood flow, so the clinician looks before ice.",
        "Your skin is pale there, so ask the clinic before you use ice.",
        cite(PRACTICE, "INT-4"),
    ),
    Rule(
        "I-C2",
        (has("diabetes") & ~has("diabetes_neuropathy"))
        | has("heart_disease", "fragile_skin", "ms", "cancer_at_site", "alcohol_now", "sedating_medicine"),
        Verdict.CAUTION,
        "Ice needs care and the clinician's word first: {found}.",
        "Ask us before you use ice, due to {found}.",
        cite(MPFT_COLD, DEROYAL, PRACTICE),
    ),
)

TABLE = Table(
    modality=Modality.ICE,
    base=BASE,
    signs=SIGNS,
    bars=BARS,
    cautions=CAUTIONS,
    pairing_bars=NEITHER,
    unanswered=Unanswered(
        "I-U",
        "Not known, and ice depends on it: {found}.",
        "Ask the clinic before you use ice, as we still need to know about {found}.",
        own_rule_for=frozenset(["onset_days"]),
    ),
    review=Reason(
        "3.4",
        Verdict.CAUTION,
        "A clinician must look first, so ice is on hold until then.",
        "Do not use ice until the clinic says it is OK.",
        "Decision rules, section 3",
    ),
    keys=TIMING_KEYS | FLARE.keys | keys_of(*SIGNS, *BARS, *CAUTIONS),
    limits=(
        f"Use ice for 10 to 15 minutes, and never for more than {ICE_MAX_MIN}.",
        "Wrap it in one layer of damp cloth.",
        "Look at your skin once every 5 minutes.",
        "Wait at least 2 hours before the next time, and use it 4 times a day at most.",
        "Stay awake while the ice is on.",
    ),
)
