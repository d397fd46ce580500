"""Where a rule comes from, by publisher, as a reason shows it. "INT-n" waits for a clinician's sign-off."""

CLINIC = "Clinic article on back spasms"
FORUM = "Patient forum thread on back spasms"

BANDS = "day limits: INT-1"
INFLAMED = "warm and red read as hot and flushed: INT-2"
FLARES = "recurrent against recent: INT-3"

MPFT_COLD = "MPFT NHS, Safe use of cold treatment"
MPFT_HEAT = "MPFT NHS, Safe use of heat treatment"
COLD_LISTS = "Cryotherapy contraindication lists (Medical Algorithms; Sports Injury Clinic)"
DEROYAL = "DeRoyal hot/cold instructions for use"
DIABETES_TIPS = "Diabetes Self-Management, heat and ice tips"

THERMACARE = "ThermaCare warnings"
STRYKER = "Stryker T/Pump manual"
FDA_CPSC = "FDA/CPSC heating-pad advisory, 1995"
MS_SOCIETIES = "National MS Society; MS Society UK"
FP_NOTEBOOK = "Family Practice Notebook, local heat therapy"
PHYSIO = "Physiotherapy texts"

NHS = "NHS, Back pain"
NHS_INFORM = "NHS inform, Exercises for back pain"
OSTEOPOROSIS = "Royal Osteoporosis Society, Bending forward with osteoporosis; Giangregorio 2014"
GARRA = "Garra 2010, Academic Emergency Medicine"
CONTRAST = "Contrast therapy scoping review, 2025 (no low-back trial seen)"
PRACTICE = "General professional knowledge, for a clinician to confirm"


def cite(*sources: str) -> str:
    return "; ".join(sources)
