"""How staff sign in, to see and change; clinic_site mounts it under /desk/me/.

The names are those that django-allauth asks for; its other pages (sign-up, e-mail, a forgotten password) are mounted
nowhere. Somebody who has lost a password or a phone gets a new invitation from an owner.
"""

from django.urls import path

from practice import views_factors

urlpatterns = [
    path("", views_factors.overview, name="mfa_index"),
    path("set-up/", views_factors.set_up, name="second_factor_set_up"),
    path("password/", views_factors.password, name="account_change_password"),
    path("again/", views_factors.again, name="account_reauthenticate"),
    path("again/passkey/", views_factors.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("app/", views_factors.add_app, name="mfa_activate_totp"),
    path("app/remove/", views_factors.remove_app, name="mfa_deactivate_totp"),
    path("codes/", views_factors.show_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", views_factors.new_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/add/", views_factors.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", views_factors.remove_passkey, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename/", views_factors.rename_passkey, name="mfa_edit_webauthn"),
]
