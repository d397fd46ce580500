"""rules.md section 2: every finding the rules know, in its order and groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from therapies.suitability.constants import FEVER_C, FEVER_F


class Kind(Enum):
    YES_NO = "yes_no"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class Finding:
    """One question and its kind of answer. `label` is plain words that can stand in a sentence.

    Numbers carry their unit and the least and most that is believable. The first of `choices` is the "no".
    """

    key: str
    kind: Kind
    label: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    least: float = 0
    most: float = 0


def _yes_no(**labels: str) -> tuple[Finding, ...]:
    return tuple(Finding(key, Kind.YES_NO, label) for key, label in labels.items())


def _whole(key: str, label: str, unit: str, most: int) -> Finding:
    return Finding(key, Kind.WHOLE_NUMBER, label, unit=unit, most=most)


TIMING = (
    _whole("onset_days", "when this began", "days", 44_000),
    *_yes_no(
        onset_is_minimum='a start known only as "at least so many days ago"',
        recurrent="pain like this before",
        new_injury="a clear new strain, lift, blow or fall",
        chronic_label="pain called chronic",
    ),
)

AREA_SIGNS = _yes_no(
    area_warm="a warm back",
    area_hot="a hot back",
    area_red="red skin on the back",
    area_flushed="flushed skin on the back",
    area_swollen="swelling on the back",
    area_painful="pain in the back",
    area_cold="a back that feels cold",
    area_pale="pale skin on the back",
    area_tight="tight muscles in the back",
    area_numb="numb skin on the back",
    area_bruised="a bruise on the back",
)

WHOLE_BODY = (
    *_yes_no(whole_body_cold="feeling cold all over", whole_body_hot="feeling hot all over"),
    Finding("temperature_c", Kind.NUMBER, "body temperature", unit="degrees Celsius", least=30, most=45),
    *_yes_no(
        fever=f"a fever ({FEVER_F} F, {FEVER_C} C, or more)",
        rigors_or_very_unwell="shaking chills or feeling very unwell",
    ),
)

CIRCULATION_SKIN_SENSE = _yes_no(
    poor_circulation="poor blood flow",
    pvd="artery disease in the legs or body (PVD)",
    raynauds="Raynaud's",
    cold_allergy="an allergy to cold",
    diabetes="diabetes",
    diabetes_neuropathy="nerve harm from diabetes",
    skin_broken="broken skin on the back",
    skin_infection_or_rash="a skin infection or rash on the back",
    past_ice_injury="an ice burn or bad reaction to cold before",
    past_heat_injury="a burn or bad reaction to heat before",
    fragile_skin="thin or fragile skin",
    bleeding_risk="easy bleeding or a blood thinner",
)

OTHER_CONDITIONS = (
    *_yes_no(
        heart_disease="heart disease",
        ms="multiple sclerosis (MS)",
        ms_heat_sensitive="MS that heat makes worse",
    ),
    _whole("pregnant_weeks", "pregnancy", "weeks", 45),
    *_yes_no(
        dvt_current="a blood clot in a deep vein now",
        dvt_suspected="signs of a blood clot in a leg",
        cancer_at_site="cancer in or near the back",
        topical_heat_product="a heat rub or cream on the skin",
        medicated_patch="a medicine patch",
        sedating_medicine="medicine that may make people sleepy",
        alcohol_now="alcohol in the body now",
        plans_sleep_with_heat="a plan to sleep with heat on",
        cannot_report_or_remove="trouble telling when it hurts or taking it off",
        stroke_or_cord_injury="a past stroke or spinal cord injury",
        hip_replacement="a hip replacement",
        osteoporosis="thin bones (osteoporosis)",
        falls_risk="a risk of falls",
        recent_spine_surgery_or_fracture="spine surgery or a broken spine bone not long ago",
    ),
    _whole("age", "age", "years", 120),
)

PAIN = (
    *_yes_no(
        pain_severe="constant pain that blocks thought, sleep or movement",
        not_improving="pain that is not getting better",
        worsening="pain that is getting worse",
    ),
    Finding("leg_symptoms", Kind.CHOICE, "pain, tingling, numbness or weakness in a leg", ("none", "one", "both")),
    Finding("leg_weakness", Kind.CHOICE, "a weak leg", ("none", "mild_stable", "progressive_or_severe")),
    *_yes_no(
        stretch_increases_leg_pain="leg pain that stretching makes worse",
        worse_bending="pain that is worse on bending forward",
        worse_arching="pain that is worse on arching back or standing",
    ),
)

RED_FLAGS = _yes_no(
    saddle_numbness="numbness between the legs or around the bottom",
    bladder_change="a change in passing or holding pee",
    bowel_change="a change in passing or holding poo",
    sexual_change="a change in feeling during sex",
    gait_unsteady="unsteady walking",
    major_trauma="a crash, a fall from a height or a heavy blow",
    minor_trauma="a minor fall or knock",
    sudden_severe_onset="sudden, severe pain at the start",
    long_term_steroids="steroid medicine for a long time",
    cancer_history="cancer now or in the past",
    weight_loss_unexplained="weight loss without a reason",
    constant_night_or_rest_pain="constant pain at night or at rest",
    iv_drug_use="injected drugs",
    immunosuppressed="a weak immune system",
    recent_infection_or_spinal_procedure="a recent infection or spine procedure",
    night_sweats="night sweats",
    chest_pain="chest pain",
    breathless="shortness of breath",
    collapse_or_faint="a collapse or faint",
    abdominal_pain="belly pain",
    known_aaa="a known bulge in the main belly artery (AAA)",
    pulsating_abdomen="a beating feeling in the belly",
    urine_symptoms="pain or burning on passing pee",
    blood_in_urine="blood in the pee",
    flank_pain="pain in the side under the ribs",
    new_lump_or_shape_change="a new lump or a change in the shape of the back",
    thoracic_pain="pain between the shoulder blades or in the chest part of the back",
    worse_cough_sneeze_strain="pain that is worse on a cough, sneeze or strain",
    one_sided_blister_rash="a rash with blisters on one side",
    pregnancy_bleeding_fluid_or_contractions="bleeding, fluid loss or contractions in pregnancy",
    inflammatory_pattern="a pattern of inflammatory back pain",
    stroke_like_signs="signs of a stroke",
)

MEDICINE_ALERTS = _yes_no(
    taking_nsaid="an anti-inflammatory pain medicine",
    taking_muscle_relaxant="a muscle relaxant",
    taking_opioid="an opioid pain medicine",
    taking_antidepressant="an antidepressant",
    alcohol_with_medicine="alcohol with medicine",
)

GROUPS: Mapping[str, tuple[Finding, ...]] = MappingProxyType(
    {
        "Timing": TIMING,
        "Area signs": AREA_SIGNS,
        "Whole body": WHOLE_BODY,
        "Circulation/skin/sense": CIRCULATION_SKIN_SENSE,
        "Other conditions": OTHER_CONDITIONS,
        "Pain": PAIN,
        "Red-flag keys": RED_FLAGS,
        "Medicine alerts (education only)": MEDICINE_ALERTS,
    }
)

VOCABULARY: Mapping[str, Finding] = MappingProxyType(
    {finding.key: finding for group in GROUPS.values() for finding in group}
)

# What `unanswered` covers: the red-flag keys and five findings of other groups that section 9 stands on.
RED_FLAG_KEYS: frozenset[str] = frozenset(
    [finding.key for finding in RED_FLAGS]
    + ["fever", "rigors_or_very_unwell", "leg_symptoms", "leg_weakness", "dvt_suspected"]
)

# What bars ice or heat and no day lifts: a plan is not made to wait for it. An answer may still turn out otherwise.
LASTING_KEYS: frozenset[str] = frozenset(
    {
        "poor_circulation",
        "pvd",
        "raynauds",
        "cold_allergy",
        "diabetes_neuropathy",
        "past_ice_injury",
        "past_heat_injury",
        "ms_heat_sensitive",
        "dvt_current",
        "cancer_at_site",
        "cannot_report_or_remove",
        "stroke_or_cord_injury",
    }
)
