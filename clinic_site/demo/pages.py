"""Every page of the demo in one table: `make shots` photographs it, the browser journeys walk it with axe.

for page in PAGES:
    address = address_of(page, demo.sign_ins)     # "/desk/patients/5f0.../"
    # open it as page.who, then do page.steps
"""

from django.urls import reverse

from clinic_site.demo.pages_of_patients import ANSWERING, PATIENT, PUBLIC
from clinic_site.demo.pages_of_the_desk import CLINICIAN, DESK, REFUSED, RESTRICTED
from clinic_site.demo.pages_of_the_house import LIBRARY, OWN_SIGN_IN, SIGN_IN
from clinic_site.demo.sign_ins import PatientRecord, SignIns
from clinic_site.demo.visits import Needs, Page

PAGES = (*PUBLIC, *PATIENT, *ANSWERING, *DESK, *CLINICIAN, *RESTRICTED, *LIBRARY, *OWN_SIGN_IN, *SIGN_IN, *REFUSED)


def address_of(page: Page, sign_ins: SignIns) -> str:
    """The page's path. Raises StopIteration for an unknown story, IndexError for a missing version."""
    named = () if page.needs is Needs.NOTHING else (_id(sign_ins.patient(page.story), page.needs),)
    return reverse(page.route, args=(*named, *page.words))


def _id(record: PatientRecord, needs: Needs) -> str:
    if needs is Needs.PATIENT:
        return record.patient
    if needs is Needs.DRAFT:
        return record.draft
    return record.versions[0 if needs is Needs.VERSION else 1]
