"""The patient's way in; clinic_site mounts it at the root and says where their plan is."""

from django.urls import path

from intake import views_start, views_start_email, views_start_passkey

urlpatterns = [
    path("start/", views_start.start, name="start"),
    path("start/email/", views_start_email.start_email, name="start_email"),
    path("start/email/code/", views_start_email.start_email_code, name="start_email_code"),
    path("start/email/who/", views_start_email.start_email_who, name="start_email_who"),
    path("start/passkey/", views_start_passkey.start_passkey, name="start_passkey"),
    path("start/confirm/", views_start.confirm, name="start_confirm"),
]
