"""The owner's page of the staff, and the page where an invitation is taken up."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice import inviting
from practice.access import StaffRequest, staff_may
from practice.forms_staff import NOT_OPEN, AcceptForm, InviteForm, MemberForm
from practice.inviting import NotOpen, StaffError
from practice.models import User
from practice.roles import May
from practice.sessions_deeds import end_all
from practice.stepping_up import freshly_signed_in


def _found(user_id: UUID) -> User:
    staff: QuerySet[User] = inviting.everybody()
    return get_object_or_404(staff, pk=user_id)


@staff_may(May.RUN_CLINIC)
@require_safe
def staff(request: StaffRequest) -> HttpResponse:
    return render(request, "practice/staff.html", {"members": inviting.everybody()})


@staff_may(May.RUN_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def staff_invite(request: StaffRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user, code = inviting.invite(**form.cleaned_data, by=request.user)
        except StaffError as refusal:
            form.add_error("username", str(refusal))
        else:
            return _hand_over(request, user, code)
    return render(request, "practice/staff_invite.html", {"form": form})


@staff_may(May.RUN_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def staff_member(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """One of the staff: name and roles to change, and what else can be done."""
    member = _found(user_id)
    before = {"display_name": member.display_name, "roles": [role.value for role in member.roles]}
    form = MemberForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        try:
            inviting.change(member, **form.cleaned_data, by=request.user)
        except StaffError as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, f"{member} is changed.")
            return redirect("staff")
    return render(request, "practice/staff_member.html", {"member": member, "form": form})


@staff_may(May.RUN_CLINIC)
@require_POST
@freshly_signed_in()
def staff_renew(request: StaffRequest, user_id: UUID) -> HttpResponse:
    member = _found(user_id)
    try:
        return _hand_over(request, member, inviting.renew(member, by=request.user))
    except StaffError as refusal:
        messages.error(request, str(refusal))
        return redirect("staff_member", member.pk)


@staff_may(May.RUN_CLINIC)
@require_POST
@freshly_signed_in()
def staff_leave(request: StaffRequest, user_id: UUID) -> HttpResponse:
    member = _found(user_id)
    try:
        inviting.make_inactive(member, by=request.user)
    except StaffError as refusal:
        messages.error(request, str(refusal))
        return redirect("staff_member", member.pk)
    messages.success(request, f"{member} is inactive and signed out everywhere.")
    return redirect("staff")


@staff_may(May.RUN_CLINIC)
@require_POST
def staff_sign_out(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """End all sessions of one person, as for a lost laptop. (OWASP ASVS 5.0: 7.4.5)"""
    member = _found(user_id)
    end_all(member, by=request.user, request=request)
    messages.success(request, f"{member} is signed out everywhere.")
    return redirect("staff_member", member.pk)


def _hand_over(request: HttpRequest, user: User, code: str) -> HttpResponse:
    # What stands after the # stays in the browser: no server and no log sees it.
    link = f"{request.build_absolute_uri(reverse('invitation'))}#{code}"
    return render(request, "practice/staff_link.html", {"member": user, "code": code, "link": link})


@login_not_required  # Public: who is invited has no account yet to sign in with.
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """The code and a new password; then the second factor has to be set up."""
    if request.user.is_authenticated:
        return redirect("sign_in")
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := _take_up(request, form)):
        return answer
    return render(request, "practice/invitation.html", {"form": form})


def _take_up(request: HttpRequest, form: AcceptForm) -> HttpResponse | None:
    sent: dict[str, Any] = form.cleaned_data
    try:
        user = inviting.accept(sent["code"], password=sent["password"])
    except NotOpen:  # Taken up or replaced in the moment since the form was looked at.
        form.add_error("code", NOT_OPEN)
        return None
    return perform_password_login(request, {"username": user.username}, Login(user=user))
