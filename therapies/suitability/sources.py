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

NHS_999 = "NHS, Back pain: when to call 999"
NHS_URGENT = "NHS, Back pain: urgent list"
NHS_PREGNANCY = "NHS-style list for pregnancy"
NIDIRECT = "nidirect, Kidney infection"
BASS = "BASS 2018"
CSP_GIRFT = "CSP/GIRFT 2023"
AHCPR = "AHCPR 1994, red-flag table"
CASAZZA = "Casazza 2012, American Family Physician"
VERHAGEN = "Verhagen 2016"
FRACTURE_FLAGS = "Cochrane 2023, fracture flags (uncertain)"
IFOMPT = "IFOMPT 2020"
YUSUF = "Yusuf 2019"
ACP_APS = "ACP/APS 2007"
ACEP = "ACEP Now"
NG12 = "NICE NG12"
NG59 = "NICE NG59"
NG65 = "NICE NG65"
NG156 = "NICE NG156"
NG234 = "NICE NG234"

ACP = "American College of Physicians 2017"
COCHRANE_HEAT = "Cochrane 2006, superficial heat or cold"

RELAXANT_LABELS = "Muscle relaxant labels (cyclobenzaprine, metaxalone)"
FDA_SEDATIVES = "FDA Drug Safety Communication, September 2020 (sedatives with opioids)"
FDA_NSAID = "FDA NSAID Medication Guide"
FDA_NSAID_PREGNANCY = "FDA Drug Safety Communication, October 2020 (NSAIDs from 20 weeks)"


def cite(*sources: str) -> str:
    return "; ".join(sources)
