"""Where on the body: one list for instructions, complaints and (later) the body map."""

from django.db import models


class Region(models.TextChoices):
    NECK = "neck", "neck"
    SHOULDER = "shoulder", "top of the shoulder"
    CHEST = "chest", "chest"
    UPPER_BACK = "upper_back", "between the shoulder blades"
    MID_BACK = "mid_back", "middle of the back"
    LOW_BACK = "low_back", "low back, beside the spine"
    HIP_CREST = "hip_crest", "side of the low back, by the hip crest"
    BELLY = "belly", "belly"
    BUTTOCK = "buttock", "buttock"
    HIP_FRONT = "hip_front", "front of the hip"
    THIGH_BACK = "thigh_back", "back of the thigh"
    LEG = "leg", "leg"
    WHOLE_BODY = "whole_body", "whole body"
