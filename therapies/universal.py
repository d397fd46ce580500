"""What goes with every plan and movement: when to start, when to stop, how to move, when to call 911.

Sources: facts.md section 4 (U1, U2, U3) and rules.md 9.1 (R01 to R10, R31 to R33), at grade 6 or lower.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext, override


@dataclass(frozen=True)
class Universal:
    """Plain sentences in one language; `emergency` says who should call 911, `emergency_do` what to do."""

    start: tuple[str, ...]
    form: tuple[str, ...]
    stop: tuple[str, ...]
    emergency: tuple[str, ...]
    emergency_on_paper: tuple[str, ...]
    emergency_do: tuple[str, ...]
    emergency_first: tuple[str, ...]


# U1
START = (
    "Start only if you can get down and up safely.",
    "Is the floor hard for you? Use your bed or a chair.",
    "Did you mark a warning sign? Talk to the clinic before you start.",
)
# U3
FORM = (
    "Move slowly. Do not bounce.",
    "Breathe out as you go into the stretch.",
    "Stop at the first mild pull.",
    "Come out slowly.",
)
# U2. The bladder, bowel and saddle changes of U2 are in EMERGENCY.
STOP = (
    "You get a sharp pain or a new pain.",
    "Pain moves further down your leg.",
    "You get new tingling, numb skin, or weakness.",
    "You feel dizzy or faint.",
    "Your chest hurts or it is hard to breathe. Call 911.",
    "Your pain is clearly worse an hour later or the next day.",
)
# rules.md 9.1; each line names its rules.
EMERGENCY = (
    "You are numb between your legs or around your bottom.",  # R01
    "You can't pee, you leak pee or poop, or you can't feel the need to go.",  # R01
    "You have a new change in how sex feels or works.",  # R01
    "Both of your legs hurt, tingle, or feel weak or numb.",  # R02
    "Your leg is very weak or gets weaker, your foot drops, or you walk unsteadily.",  # R03
    "You were in a crash, fell from a height, or took a hard blow.",  # R04
    "Your chest hurts, or it is hard to breathe.",  # R05
    "You have sudden, very bad back pain and belly pain.",  # R06
    "You feel a beat in your belly, or you know the big blood vessel there is too wide.",  # R06
    "You passed out or fell down with this pain.",  # R31
    "You have shaking chills, or you feel very ill.",  # R32
    "You have a fever, and a weak leg or numb skin.",  # R07
    "You have a fever and night sweats.",  # R33, as the next two
    "You have a fever after an infection or after work on your spine.",
    "You have a fever, and you inject drugs or your body fights germs poorly.",
    "You have or had cancer, and your legs are now weak or numb.",  # R08
    "You are pregnant and you bleed, leak fluid, or have cramps that come and go.",  # R09
    "Your face droops, your speech slurs, or your head or neck hurts more than ever.",  # R10
)
# The same for paper, where room is scarce: every rule of 9.1 in fewer lines.
EMERGENCY_ON_PAPER = (
    "You are numb between your legs or around your bottom.",  # R01
    "You can't pee, you leak pee or poop, or sex feels different.",  # R01
    "Both legs hurt, tingle, or feel weak or numb.",  # R02
    "A leg gets very weak, a foot drops, or you walk unsteadily.",  # R03
    "You had a crash, a fall from a height, or a hard blow.",  # R04
    "Your chest hurts, it is hard to breathe, or you pass out.",  # R05, R31
    "You have sudden, very bad back and belly pain, or feel a beat in your belly.",  # R06
    "You have shaking chills, or you feel very ill.",  # R32
    "You have a fever with a weak leg, numb skin, or night sweats.",  # R07, R33
    "You have a fever after an infection or spine work, or you inject drugs.",  # R33
    "You have a fever and your body fights germs poorly.",  # R33
    "You had cancer, and now your legs are weak or numb.",  # R08
    "You are pregnant and bleed, leak fluid, or have cramps that come and go.",  # R09
    "Your face droops, your speech slurs, or your head or neck hurts more than ever.",  # R10
)
# The first to name where only a few have room, beside the way to all of them.
EMERGENCY_FIRST = (*EMERGENCY_ON_PAPER[:4], *EMERGENCY_ON_PAPER[5:7])
EMERGENCY_DO = (
    "Call 911 or go to the emergency room now.",
    "Do not wait for the clinic. Do not do your plan.",
)

# In the order of Universal's fields.
LINES = (START, FORM, STOP, EMERGENCY, EMERGENCY_ON_PAPER, EMERGENCY_DO, EMERGENCY_FIRST)


@cache
def universal(language: str) -> Universal:
    """The lines in `language`, each in English where it has not been written in it."""
    with override(language):
        return Universal(*(tuple(map(gettext, lines)) for lines in LINES))
