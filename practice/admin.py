"""What the owner reaches under /admin/: staff, the clinic's settings, and the record of events to read.

Nothing of a patient is registered here: a plan, a screening or a code has no way through the admin.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from practice import audit
from practice.forms_clinic import ClinicForm
from practice.models import AuditEvent, Clinic, User

admin.site.site_header = "Steady: running the clinic"
admin.site.site_title = "Steady"
admin.site.index_title = "Staff, settings and the record"


def sign_in_at_the_front_door(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """The admin has no door of its own: one sign-in page, one record of who came in.

    Raises PermissionDenied for somebody who is signed in and may not enter: signing in again would change nothing.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


admin.site.login = sign_in_at_the_front_door  # type: ignore[method-assign]
# The groups are the roles of practice/roles.py; a group of somebody's own would mean nothing.
admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Staff only: patients are made with their codes and have neither name nor password here."""

    list_display = ["username", "display_name", "is_active"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    filter_horizontal: ClassVar[list[str]] = []
    fieldsets = [(None, {"fields": ["username", "password", "display_name", "email", "is_active", "groups"]})]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2", "display_name", "groups"]})
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(kind=User.Kind.STAFF)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # People stay in the record of what they did; somebody who left is made inactive.
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        assert isinstance(request.user, User)
        audit.record(audit.Action.CHANGED, actor=request.user, about=obj, request=request)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        # A new password comes this way alone: Django saves it past save_model().
        if "password" in str(message).lower():
            assert isinstance(request.user, User)
            audit.record(audit.Action.CHANGED, actor=request.user, about=obj, request=request, detail="password")
        return super().log_change(request, obj, message)


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    form = ClinicForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        assert isinstance(request.user, User)
        audit.record(audit.Action.CHANGED, actor=request.user, about=obj, request=request)


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """To read. The database refuses a change as well."""

    list_display = ["at", "action", "actor", "object_type", "detail"]
    list_filter = ["action"]
    date_hierarchy = "at"
    list_select_related = ["actor"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
