"""Finding and registering patients; clinic_site mounts them under /desk/ and says where a patient's page is."""

from django.urls import path

from intake import views, views_events, views_restrictions

urlpatterns = [
    path("patients/", views.patients, name="patients"),
    path("patients/new/", views.patient_new, name="patient_new"),
    path("patients/<uuid:patient_id>/edit/", views.patient_edit, name="patient_edit"),
    path("patients/<uuid:patient_id>/who-looked/", views_events.who_looked, name="who_looked"),
    path("patients/<uuid:patient_id>/open/", views_restrictions.glass, name="break_glass"),
    path("patients/<uuid:patient_id>/restrict/", views_restrictions.patient_restrict, name="patient_restrict"),
    path("restrictions/<uuid:restriction_id>/", views_restrictions.restriction, name="restriction"),
    path("restrictions/<uuid:restriction_id>/name/", views_restrictions.restriction_name, name="restriction_name"),
    path("restrictions/<uuid:restriction_id>/lift/", views_restrictions.restriction_lift, name="restriction_lift"),
]
