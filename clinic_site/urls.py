"""Every address of the house. The lower apps are told here where a patient's page and a plan are."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from clinic_site import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("practice.urls")),
    path("", include("therapies.urls")),
    path("figures/", include("therapies.urls_figures")),
    path("", include("intake.urls_start"), {"plan_page": "me", "tablet_page": "answer"}),
    path("", include("plans.urls_patient")),
    path("desk/", include("intake.urls"), {"patient_page": "patient"}),
    path("desk/", include("plans.urls")),
    path("desk/library/", include("therapies.urls_library")),
    path("desk/clinic/", include("practice.urls_clinic")),
    path("desk/clinic/", include("therapies.urls_clinic")),
    path("healthz", health.health, name="health"),
    path("admin/", admin.site.urls),
]
