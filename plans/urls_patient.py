"""The patient's addresses; clinic_site mounts them at the root."""

from django.urls import path

from plans import views_answer, views_devices, views_language, views_leaflets, views_patient, views_tablet, views_ways

urlpatterns = [
    path("me/", views_patient.me, name="me"),
    path("me/done/<uuid:item_id>/", views_patient.me_done, name="me_done"),
    path("me/items/<uuid:item_id>/", views_patient.me_movement, name="me_movement"),
    path("me/plans/", views_patient.me_plans, name="my_plans"),
    path("me/plans/<uuid:version_id>/", views_patient.me_plan, name="my_plan"),
    path("me/plans/<uuid:version_id>/print/", views_patient.me_print, name="me_print"),
    path("me/whose/", views_devices.whose, name="whose"),
    path("me/ways-in/", views_ways.ways_in, name="ways_in"),
    path("me/ways-in/passkey/", views_ways.ways_in_passkey, name="ways_in_passkey"),
    path(
        "me/ways-in/passkey/<int:passkey_id>/remove/", views_ways.ways_in_passkey_remove, name="ways_in_passkey_remove"
    ),
    path("me/ways-in/email/code/", views_ways.ways_in_code, name="ways_in_code"),
    path("me/ways-in/email/off/", views_ways.ways_in_email_off, name="ways_in_email_off"),
    path("me/devices/", views_devices.my_devices, name="my_devices"),
    path("me/devices/others/end/", views_devices.my_devices_end_others, name="my_devices_end_others"),
    path("me/devices/<uuid:device_id>/end/", views_devices.my_device_end, name="my_device_end"),
    path("me/screening/", views_answer.answer, name="answer"),
    path("me/screening/check/", views_answer.answer_check, name="answer_check"),
    path("me/screening/card/", views_answer.answer_card, name="answer_card"),
    path("me/screening/<slug:page>/", views_answer.answer_page, name="answer_page"),
    path("me/screening/<slug:page>/keep/", views_answer.answer_keep, name="answer_keep"),
    path("me/again/", views_answer.answer_again, name="answer_again"),
    path("me/wrong/", views_answer.answer_wrong, name="answer_wrong"),
    path("me/card/print/", views_leaflets.card_print, name="card_print"),
    path("me/tablet/", views_tablet.tablet_state, name="tablet_state"),
    path("me/tablet/finish/", views_tablet.tablet_finish, name="tablet_finish"),
    path("tablet/done/", views_tablet.tablet_done, name="tablet_done"),
    path("language/", views_language.choose_language, name="language"),
]
