"""Restricted records and the record of events as the owner sees them; clinic_site mounts them under /desk/clinic/."""

from django.urls import path

from intake import views_events, views_restrictions

urlpatterns = [
    path("record/", views_events.events, name="events"),
    path("record/file/", views_events.events_file, name="events_file"),
    path("restricted/", views_restrictions.restricted_records, name="restricted_records"),
    path("restricted/openings/<uuid:opening_id>/seen/", views_restrictions.opening_seen, name="opening_seen"),
]
