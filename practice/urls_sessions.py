"""Sessions of staff, their PIN and the locked screen; clinic_site mounts them under /desk/."""

from django.urls import path

from practice import views_pins, views_sessions

urlpatterns = [
    path("lock/", views_pins.screen_lock, name="screen_lock"),
    path("locked/", views_pins.locked, name="locked"),
    path("me/here/", views_sessions.still_here, name="still_here"),
    path("me/pin/", views_pins.pin, name="pin"),
    path("me/pin/remove/", views_pins.pin_remove, name="pin_remove"),
    path("me/sessions/", views_sessions.sessions, name="sessions"),
    path("me/sessions/others/end/", views_sessions.sessions_end_others, name="sessions_end_others"),
    path("me/sessions/<uuid:session>/end/", views_sessions.session_end, name="session_end"),
]
