"""What one request against the world of the access table leaves in the record of events."""

from http.cookies import SimpleCookie

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import FORM, World
from practice.models import AuditEvent


def asked(world: World, name: str, person: str, *, sent: str = "", method: str = "") -> tuple[int, list[AuditEvent]]:
    """The status, and the events that one request leaves. It is undone."""
    row, before = TABLE[name], set(AuditEvent.objects.values_list("pk", flat=True))
    address = reverse(name, kwargs={key: world.objects[value] for key, value in row.objects.items()})
    world.client.cookies = SimpleCookie()
    if person in world.sessions:
        world.client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[person]
    with transaction.atomic():
        status = world.client.generic(method or row.method, address, sent, content_type=FORM).status_code
        events = list(AuditEvent.objects.exclude(pk__in=before).select_related("actor"))
        transaction.set_rollback(True)
    return status, events
