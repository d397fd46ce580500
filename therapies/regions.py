"""Where on the body: one list for instructions, complaints and (later) the body map."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    NECK = "neck", _("neck")
    SHOULDER = "shoulder", _("top of the shoulder")
    CHEST = "chest", _("chest")
    UPPER_BACK = "upper_back", _("between the shoulder blades")
    MID_BACK = "mid_back", _("middle of the back")
    LOW_BACK = "low_back", _("low back, beside the spine")
    HIP_CREST = "hip_crest", _("side of the low back, by the hip crest")
    BELLY = "belly", _("belly")
    BUTTOCK = "buttock", _("buttock")
    HIP_FRONT = "hip_front", _("front of the hip")
    THIGH_BACK = "thigh_back", _("back of the thigh")
    LEG = "leg", _("leg")
    WHOLE_BODY = "whole_body", _("whole body")
