"""What the clinic signs; clinic_site mounts it under /desk/clinic/."""

from django.urls import path

from therapies import views_rules

urlpatterns = [
    path("rules/", views_rules.rules, name="rules"),
    path("rules/sign/", views_rules.rules_sign, name="rules_sign"),
]
