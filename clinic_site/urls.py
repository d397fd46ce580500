"""Every address of the house. The lower apps are told here where a patient's page and a plan are."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from clinic_site import clinic_page, health

# What the library's pages lead up to.
ABOVE_THE_LIBRARY = {
    "uses_page": "library_uses",
    "preview_page": "library_preview",
    "sheets_page": "sheets",
    "page_print": "page_print",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("practice.urls")),
    path("", include("therapies.urls")),
    path("figures/", include("therapies.urls_figures")),
    path("", include("intake.urls_start"), {"plan_page": "me", "tablet_page": "answer"}),
    path("", include("plans.urls_patient")),
    path("desk/", include("intake.urls"), {"patient_page": "patient"}),
    path("desk/", include("plans.urls")),
    path("desk/library/figures/", include("therapies.urls_pictures")),
    path("desk/library/languages/", include("therapies.urls_reviews")),
    path("desk/library/words/", include("therapies.urls_words")),
    path("desk/library/", include("therapies.urls_library")),
    path("desk/library/", include("therapies.urls_library_read"), ABOVE_THE_LIBRARY),
    path("desk/me/", include("practice.urls_me")),
    path("desk/", include("practice.urls_sessions")),
    path("desk/clinic/", clinic_page.clinic_home, name="clinic"),
    path("desk/clinic/", include("practice.urls_clinic")),
    path("desk/clinic/", include("therapies.urls_clinic")),
    path("desk/clinic/", include("intake.urls_clinic")),
    path("desk/clinic/", include("plans.urls_clinic")),
    path("healthz", health.health, name="health"),
    path("healthz/live", health.alive, name="health_alive"),
    path("healthz/ready", health.ready, name="health_ready"),
    path("admin/", admin.site.urls),
]

handler400 = "clinic_site.failures.bad_request"
handler500 = "clinic_site.failures.server_error"
