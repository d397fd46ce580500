"""What the machine of test_blocking.py is made of and draws from."""

from typing import Any

from hypothesis import strategies as st

from clinic_site.tests.blocking_oracle import FLAGS, ONSETS, OTHER, OVERRIDABLE
from practice.roles import Role

DESK, CLINICIAN, OWNER = Role.FRONT_DESK, Role.CLINICIAN, Role.OWNER
NOT_FOR_WHO_FALLS = [{"condition": "falls_risk", "action": "avoid"}]
MADE_OF: dict[str, dict[str, Any]] = {
    "ice": {"kind": "ice", "slug": "ice-pack"},
    "heat": {"kind": "heat", "slug": "heat-pack"},
    "stretching": {},
    "calm": {"first_48h": True},
    "risky": {"cautions": NOT_FOR_WHO_FALLS},
}
# What a request may be crafted with; the last ones exist and can never be overridden.
RULES = (*sorted(OVERRIDABLE), "I-N1", "I-N4", "H-N12", "H-C1", "S-C1", "B09", "3.4", "3.2", "movement")
# Mostly a rule that stands against the modality at that age of the pain.
IN_SPITE_OF = st.one_of(
    st.sampled_from([("ice", "I-B4", 30), ("heat", "H-B1", 10), ("ice", "I-B3", 17), ("heat", "H-B5", None)]),
    st.tuples(st.sampled_from(["ice", "heat"]), st.sampled_from(RULES), st.sampled_from(ONSETS)),
)
STAFF = st.sampled_from([DESK, CLINICIAN])
CLINICIANS_MOSTLY = st.sampled_from([CLINICIAN, CLINICIAN, CLINICIAN, DESK])
SIGNS = st.sampled_from([*FLAGS, *OTHER])
# Plain answers come up often, or nothing would ever be issued.
SAID = st.one_of(st.just(frozenset[str]()), st.just(frozenset[str]()), st.frozensets(SIGNS, max_size=2))
UNSURE = st.one_of(*[st.just(frozenset[str]())] * 3, st.frozensets(SIGNS, max_size=1))
NEW_SIGNS = st.one_of(
    *[st.just(frozenset[str]())] * 3,
    st.frozensets(st.sampled_from([*FLAGS, "area_pale", "medicated_patch"]), max_size=1),
)
