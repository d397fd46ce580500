"""What the owner reaches under /admin/: staff to read, and the clinic's settings.

Nothing of a patient is registered here: a plan, a screening or a code has no way through the admin.
"""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator
from django.contrib import admin
from django.contrib.auth import admin as _registers_groups  # noqa: F401
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from practice import audit
from practice.forms_clinic import ClinicForm
from practice.history import changed_by
from practice.models import Clinic, User
from practice.stepping_up import freshly_signed_in
from practice.views import sign_out

admin.site.site_header = "Steady: running the clinic"
admin.site.site_title = "Steady"
admin.site.index_title = "Staff and settings"
# The admin has no door of its own: one sign-in page with both steps, one record of who came in. Who is signed in and
# may not enter is told so (403): signing in again would change nothing. What is sent there is not looked at: the
# admin's form would count no guesses, also for an owner who tries a colleague's password.
admin.site.login = require_safe(secure_admin_login(admin.site.login))  # type: ignore[method-assign]


def to_our_password_page(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The admin's own page counts no guesses at the old password, notes nothing and ends no other session."""
    return redirect("account_change_password")


admin.site.password_change = to_our_password_page  # type: ignore[method-assign, assignment]
# One way out too, which stands in the record.
admin.site.logout = sign_out  # type: ignore[method-assign, assignment]
# Two addresses that no page of ours links to: one leads to any row of any table, one searches.
SHUT = frozenset({"view_on_site", "autocomplete"})
_every_address = admin.site.get_urls


def addresses_in_use() -> list[URLPattern | URLResolver]:
    return [pattern for pattern in _every_address() if getattr(pattern, "name", None) not in SHUT]


admin.site.get_urls = addresses_in_use  # type: ignore[method-assign]
# The groups are the roles of practice/roles.py; a group of somebody's own would mean nothing.
admin.site.unregister(Group)
# django-allauth's own rows: the ways in belong to who uses them, and e-mail signs nobody in.
admin.site.unregister([Authenticator, EmailAddress])


@admin.register(User)
class StaffAdmin(admin.ModelAdmin):
    """To read. Staff are invited, changed and made inactive at /desk/clinic/staff/ alone (inviting.py).

    A password is never set here: nobody but its holder ever knows it. (OWASP ASVS 5.0: 6.4.1)
    """

    list_display = ["username", "display_name", "is_active"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    fields = ["username", "display_name", "email", "is_active", "groups"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(kind=User.Kind.STAFF)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        # Any other column could be guessed sign by sign by an address, the hash of a colleague's password first.
        return lookup.split("__")[0] in self.list_filter

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # People stay in the record of what they did; somebody who left is made inactive.
        return False


@admin.register(Clinic)
@method_decorator(freshly_signed_in(), name="change_view")
class ClinicAdmin(admin.ModelAdmin):
    """The settings, how long answers hold good among them: to change one asks who it is."""

    form = ClinicForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)
        super().save_model(request, changed_by(obj, request.user), form, change)
        audit.record(audit.Action.CHANGED, actor=request.user, about=obj)
