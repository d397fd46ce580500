"""The desk's addresses about patients and plans; clinic_site mounts them under /desk/."""

from django.urls import path

from plans import views_build, views_desk, views_print, views_screening

urlpatterns = [
    path("", views_desk.today, name="today"),
    path("patients/<uuid:patient_id>/", views_desk.patient, name="patient"),
    path("patients/<uuid:patient_id>/screening/", views_screening.screening, name="screening"),
    path("patients/<uuid:patient_id>/screening/keep/", views_screening.screening_keep, name="screening_keep"),
    path("patients/<uuid:patient_id>/plan/", views_desk.plan_start, name="plan_start"),
    path("patients/<uuid:patient_id>/codes/", views_print.codes_make, name="codes_make"),
    path("patients/<uuid:patient_id>/codes/slip/", views_print.codes_print, name="codes_print"),
    path("drafts/<uuid:version_id>/", views_build.plan_build, name="plan_build"),
    path("drafts/<uuid:version_id>/delete/", views_build.draft_delete, name="draft_delete"),
    path("versions/<uuid:version_id>/", views_print.plan_version, name="plan_version"),
    path("versions/<uuid:version_id>/print/", views_print.plan_print, name="plan_print"),
    path("plans/<uuid:plan_id>/end/", views_desk.plan_end, name="plan_end"),
]
