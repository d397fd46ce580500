from django.urls import path

from practice import views, views_factors, views_staff

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    # The same page under the name that django-allauth asks for.
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/second/", views_factors.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", views.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("invitation/", views_staff.invitation, name="invitation"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
