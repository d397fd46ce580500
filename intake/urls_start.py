"""The patient's way in; clinic_site mounts it at the root and says where their plan is."""

from django.urls import path

from intake import views_start

urlpatterns = [
    path("start/", views_start.start, name="start"),
    path("start/confirm/", views_start.confirm, name="start_confirm"),
]
