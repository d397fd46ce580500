"""rules.md section 1: the numbers the rules stand on.

Days are whole calendar days since this episode began; today is day 0.
"""

RECENT_MAX_DAYS = 13
GREY_MIN_DAYS = 14
GREY_MAX_DAYS = 21
LATE_MIN_DAYS = 22
FIRST_48H_MAX_DAYS = 2
NOT_IMPROVING_DAYS = 28

FEVER_C = 38.0
FEVER_F = 100.4

ICE_MAX_MIN = 20
HEAT_MAX_MIN = 20

# Section 9 and 10: ages in years, R30's six weeks in days, M03's weeks of pregnancy.
ADULT_AGE = 18
WEAK_BONE_AGE = 70
MYELOMA_AGE = 60
MYELOMA_MIN_DAYS = 42
NSAID_ASK_WEEKS = 20
