"""Finding and registering patients; clinic_site mounts them under /desk/ and says where a patient's page is."""

from django.urls import path

from intake import views

urlpatterns = [
    path("patients/", views.patients, name="patients"),
    path("patients/new/", views.patient_new, name="patient_new"),
    path("patients/<uuid:patient_id>/edit/", views.patient_edit, name="patient_edit"),
]
