"""The clinic's own decisions; clinic_site mounts them under /desk/clinic/."""

from django.urls import path

from practice import views_staff, views_switches

urlpatterns = [
    path("staff/", views_staff.staff, name="staff"),
    path("staff/invite/", views_staff.staff_invite, name="staff_invite"),
    path("staff/<uuid:user_id>/", views_staff.staff_member, name="staff_member"),
    path("staff/<uuid:user_id>/renew/", views_staff.staff_renew, name="staff_renew"),
    path("staff/<uuid:user_id>/leave/", views_staff.staff_leave, name="staff_leave"),
    path("staff/<uuid:user_id>/sign-out/", views_staff.staff_sign_out, name="staff_sign_out"),
    path("switches/", views_switches.switches, name="switches"),
    path("switches/<slug:switch>/ask/", views_switches.switch_ask, name="switch_ask"),
    path("switches/<int:decision>/sign/", views_switches.switch_sign, name="switch_sign"),
    path("switches/<int:decision>/end/", views_switches.switch_end, name="switch_end"),
]
