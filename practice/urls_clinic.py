"""The clinic's own decisions; clinic_site mounts them under /desk/clinic/."""

from django.urls import path

from practice import views_switches

urlpatterns = [
    path("switches/", views_switches.switches, name="switches"),
    path("switches/<slug:switch>/ask/", views_switches.switch_ask, name="switch_ask"),
    path("switches/<int:decision>/sign/", views_switches.switch_sign, name="switch_sign"),
    path("switches/<int:decision>/end/", views_switches.switch_end, name="switch_end"),
]
