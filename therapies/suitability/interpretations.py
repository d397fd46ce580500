"""What rules.md reads into its sources (INT-1 to INT-8), and where the sources disagree (section 11, D1 to D5).

Each waits for a clinician's word: whoever signs the rule set signs these too.
"""

from dataclasses import dataclass

from therapies.suitability.choices import ClinicChoices


@dataclass(frozen=True)
class Interpretation:
    """`about`: what is open, in one sentence. `does`: what Steady does. `rules`: the ids that stand on it."""

    id: str
    about: str
    does: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Disagreement(Interpretation):
    """`choice` names the field of ClinicChoices that a clinic may turn on; `if_chosen` is what Steady does then."""

    choice: str = ""
    if_chosen: str = ""

    def is_chosen(self, choices: ClinicChoices) -> bool:
        return bool(self.choice) and bool(getattr(choices, self.choice))

    def in_force(self, choices: ClinicChoices) -> str:
        """What Steady does in a clinic with these choices."""
        return self.if_chosen if self.is_chosen(choices) else self.does


INTERPRETATIONS = (
    Interpretation(
        "INT-1",
        "The article says “less than two weeks” and “over two to three weeks”, and does not place days 14 and 21.",
        "Days are whole calendar days, and the first day is day 0. Days 14 to 21 lie between: neither recent nor old.",
        ("I-B1", "I-B3", "I-B4", "H-B1", "H-B3", "H-B4"),
    ),
    Interpretation(
        "INT-2",
        "The article bars heat on a “hot” or “flushing” area; people also say warm or red.",
        "Warm, hot, red, flushed and swollen all count as inflammation.",
        ("I-S1", "H-N1", "S-C1"),
    ),
    Interpretation(
        "INT-3",
        "The article gives heat for pain that comes again and ice for a recent injury; a new flare of an old pain is"
        " both.",
        "Such a flare in the first two weeks, with no new injury and no inflammation, gets caution for ice and for"
        " heat.",
        ("I-B2", "H-B2", "H-B3"),
    ),
    Interpretation(
        "INT-4",
        "Pale skin may mean poor blood flow, which bars ice; or it may mean nothing.",
        "Pale skin on the back gives caution for ice.",
        ("I-C1",),
    ),
    Interpretation(
        "INT-5",
        "For artery disease some sources forbid heat, others say to ask first.",
        "Heat is not suitable with artery disease (PVD).",
        ("H-N3",),
    ),
    Interpretation(
        "INT-6",
        "The NHS calls constant pain at night, pain in the chest part of the back, and pain on a cough urgent; they"
        " are common.",
        "One of them asks for a clinician's review; two or more together mean a doctor today.",
        ("R23",),
    ),
    Interpretation(
        "INT-7",
        "Inflammation after three weeks, cold and inflammation together, or a hot body that nobody measured: no source"
        " says what to do.",
        "Neither ice nor heat, and a clinician's review.",
        ("R29", "B06", "B07", "B10"),
    ),
    Interpretation(
        "INT-8",
        "Some dangers are in no list for back pain: they come from other guidelines and general knowledge.",
        "They are emergencies (R06, R31, R32, R33), and a medicine patch, a stroke or a cord injury bars heat.",
        ("R06", "R31", "R32", "R33", "H-N12", "H-N13"),
    ),
)

DISAGREEMENTS = (
    Disagreement(
        "D1",
        "Heat in the first two weeks without inflammation: the article says no; the American College of Physicians"
        " (2017) and a Cochrane review (2006) say yes.",
        "The article stands: heat is not suitable in the first two weeks, but for a flare.",
        ("H-B1",),
        choice="allow_heat_under_14_days",
        if_chosen="Heat is a caution in the first two weeks when there is surely no new injury and no inflammation; all"
        " that forbids heat stands.",
    ),
    Disagreement(
        "D2",
        "Days 14 to 21: the article can be read for ice and for heat.",
        "Both get caution, except for a flare, whose heat is suitable.",
        ("I-B3", "H-B3"),
    ),
    Disagreement(
        "D3",
        "A flare of an old pain in the first two weeks without a new injury.",
        "Both get caution.",
        ("I-B2", "H-B2"),
    ),
    Disagreement(
        "D4",
        "Artery disease, Raynaud's and diabetes: some sources say never, others say ask first.",
        "The stricter one: not suitable, and caution for diabetes with whole feeling.",
        ("I-N1", "I-N3", "I-N4", "H-N3", "H-N4", "I-C2", "H-C1"),
    ),
    Disagreement(
        "D5",
        "The NHS calls some signs urgent that Steady sets to a clinician's review.",
        "As in INT-6.",
        ("R23",),
    ),
)
