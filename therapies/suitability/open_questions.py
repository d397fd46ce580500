"""What rules.md leaves open and no INT- or D-number covers: how the program reads it until a clinician says otherwise.

Nobody has decided these. Whoever signs the rule set sees them and signs what is done meanwhile.
"""

from therapies.suitability.interpretations import Interpretation

OPEN_QUESTIONS = (
    Interpretation(
        "Q1",
        "An age over 50 is said to lower the threshold for weight loss, for cancer with a warning pain, for a weak bone"
        " and for common warning pains; no lower threshold is given.",
        "No rule counts from 50. Only the ages that the rules name count: 70 for a weak bone, 60 for a long pain.",
        ("R12", "R13", "R14", "R23"),
    ),
    Interpretation(
        "Q2",
        "The source for young people with back pain (AHCPR) says under 20 years; the rules say under 18.",
        "Under 18 asks for a clinician's review; 18 and 19 do not.",
        ("R24",),
    ),
    Interpretation(
        "Q3",
        "Cancer with “numbness” does not say numbness of what, and the answer about the legs does not tell pain from"
        " numbness.",
        "Numb skin between the legs, numb skin of the back, and any new sign in a leg all count.",
        ("R08",),
    ),
    Interpretation(
        "Q4",
        "A sudden worst headache or neck pain after a neck movement has no finding of its own.",
        "Each is asked, and a yes counts as a sign of a stroke, whether or not the neck was moved before.",
        ("R10",),
    ),
    Interpretation(
        "Q5",
        "R02 counts weakness among the signs in both legs; weakness has a finding of its own, which does not say of how"
        " many legs.",
        "Weakness is asked together with pain, tingling and numbness; somebody with a weak leg is asked once more"
        " whether both are weak, and a yes to either is an emergency.",
        ("R02", "R19"),
    ),
    Interpretation(
        "Q6",
        "Each red-flag question asks what is new or worse with this pain; numb skin of the back is a red flag, and it"
        " also bars ice and heat, however long it has been numb.",
        "Any numbness of the back counts, new or old: a clinician looks first.",
        ("R08", "R28", "I-N4", "H-N4"),
    ),
    Interpretation(
        "Q7",
        "An ulcer and kidney disease matter for a pain medicine, but are no findings of the rules and are not asked.",
        "M03 names them but does not fire for them; the question about such a medicine tells everybody to ask first.",
        ("M03",),
    ),
    Interpretation(
        "Q8",
        "One unknown answer of the red-flag set of section 2 blocks the plan; the set does not hold every finding that"
        " raises a review or a same-day sign, such as thin bones, very severe pain or a clot now.",
        "“Not sure” to one of the others raises nothing: it caps at caution the modalities that read it, and where none"
        " does (pain that is worse or no better), it changes nothing.",
        ("R14", "R25", "R26", "R27", "R28"),
    ),
    Interpretation(
        "Q9",
        "Where it is not known when the pain began, the rules that count days, or know a recent from a late pain, are"
        " neither met nor ruled out.",
        "They stay silent: ice, heat and stretching are at caution for the unknown day (I-B5, H-B5, S-U), and no review"
        " is raised for a long pain.",
        ("R30", "H-N11", "B08", "B09", "I-B4", "S-C1"),
    ),
    Interpretation(
        "Q10",
        "Ice and heat by turns (contrast) is assigned by a clinician only.",
        "Nobody can assign it in Steady: no instruction gives it, and its words only warn against it.",
        ("B11",),
    ),
)
