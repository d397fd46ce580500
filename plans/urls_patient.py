"""The patient's addresses; clinic_site mounts them at the root."""

from django.urls import path

from plans import views_patient

urlpatterns = [
    path("me/", views_patient.me, name="me"),
    path("me/done/<uuid:item_id>/", views_patient.me_done, name="me_done"),
    path("me/plans/", views_patient.me_plans, name="my_plans"),
    path("me/plans/<uuid:version_id>/", views_patient.me_plan, name="my_plan"),
    path("me/plans/<uuid:version_id>/print/", views_patient.me_print, name="me_print"),
]
