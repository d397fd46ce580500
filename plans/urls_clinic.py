"""What the owner does about records as a whole; clinic_site mounts it under /desk/clinic/."""

from django.urls import path

from plans import views_erasing, views_keeping

urlpatterns = [
    path("erase/", views_erasing.erase, name="erase"),
    path("keep/", views_keeping.keep, name="keep"),
]
