"""The desk's addresses about patients and plans; clinic_site mounts them under /desk/."""

from django.urls import path

from plans import (
    views_build,
    views_decisions,
    views_desk,
    views_holds,
    views_leaflets,
    views_orders,
    views_print,
    views_record,
    views_screening,
    views_tablet,
)

urlpatterns = [
    path("", views_desk.today, name="today"),
    path("state/", views_desk.today_state, name="today_state"),
    path("patients/<uuid:patient_id>/", views_desk.patient, name="patient"),
    path("patients/<uuid:patient_id>/state/", views_desk.patient_state, name="patient_state"),
    path("patients/<uuid:patient_id>/red-flags/state/", views_desk.red_flags_state, name="red_flags_state"),
    path("patients/<uuid:patient_id>/screening/", views_screening.screening, name="screening"),
    path("patients/<uuid:patient_id>/screening/keep/", views_screening.screening_keep, name="screening_keep"),
    path("patients/<uuid:patient_id>/plan/", views_desk.plan_start, name="plan_start"),
    path("patients/<uuid:patient_id>/codes/", views_print.codes_make, name="codes_make"),
    path("patients/<uuid:patient_id>/codes/slip/", views_print.codes_print, name="codes_print"),
    path("patients/<uuid:patient_id>/tablet/", views_tablet.tablet_open, name="tablet_open"),
    path("patients/<uuid:patient_id>/tablet/end/", views_tablet.tablet_end, name="tablet_end"),
    path("patients/<uuid:patient_id>/tablet/dismiss/", views_tablet.tablet_dismiss, name="tablet_dismiss"),
    path("patients/<uuid:patient_id>/card/print/", views_leaflets.desk_card_print, name="desk_card_print"),
    path("patients/<uuid:patient_id>/neither/print/", views_leaflets.neither_print, name="neither_print"),
    path("patients/<uuid:patient_id>/screening/delete/", views_decisions.screening_discard, name="screening_discard"),
    path("patients/<uuid:patient_id>/red-flags/close/", views_decisions.red_flags_close, name="red_flags_close"),
    path(
        "patients/<uuid:patient_id>/screenings/<uuid:screening_id>/clear/",
        views_decisions.review_clear,
        name="review_clear",
    ),
    path("patients/<uuid:patient_id>/holds/<uuid:hold_id>/release/", views_holds.hold_release, name="hold_release"),
    path("plans/<uuid:plan_id>/resume/", views_decisions.plan_resume, name="plan_resume"),
    path("drafts/<uuid:version_id>/", views_build.plan_build, name="plan_build"),
    path("drafts/<uuid:version_id>/delete/", views_build.draft_delete, name="draft_delete"),
    path("versions/<uuid:version_id>/", views_print.plan_version, name="plan_version"),
    path("versions/<uuid:version_id>/print/", views_print.plan_print, name="plan_print"),
    path("versions/<uuid:version_id>/record/", views_record.version_record, name="version_record"),
    path(
        "patients/<uuid:patient_id>/screenings/<uuid:screening_id>/record/",
        views_record.screening_record_page,
        name="screening_record",
    ),
    path("orders/", views_orders.orders, name="orders"),
    path("orders/<slug:slug>/sign/", views_orders.order_sign, name="order_sign"),
    path("orders/<uuid:order_id>/end/", views_orders.order_end, name="order_end"),
    path("orders/uses/<uuid:version_id>/countersign/", views_orders.order_countersign, name="order_countersign"),
    path("patients/<uuid:patient_id>/orders/<uuid:order_id>/issue/", views_orders.order_issue, name="order_issue"),
    path("plans/<uuid:plan_id>/end/", views_desk.plan_end, name="plan_end"),
]
