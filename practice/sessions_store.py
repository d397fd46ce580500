"""Where Django keeps its sessions (SESSION_ENGINE): in rows under a hash of their key, with whose they are.

The row comes with the session's own query, so that to check, list or end one costs nothing on top.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from practice.models import DeviceSession, User
from practice.models_sessions import digest
from practice.sessions_deeds import begin
from practice.sessions_limits import LOCKS_AFTER


class SessionStore(SessionBase):
    """`row` is the session's row as it was loaded; None before, and for one that nothing opens."""

    row: DeviceSession | None = None

    def load(self) -> dict[str, Any]:
        rows = DeviceSession.objects.running(timezone.now())
        self.row = rows.filter(pk=digest(self.session_key or "")).first()
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)

    def exists(self, session_key: str) -> bool:
        return DeviceSession.objects.filter(pk=digest(session_key)).exists()

    def create(self) -> None:
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
        self.save(must_create=True)
        self.modified = True

    def save(self, *, must_create: bool = False) -> None:  # type: ignore[override]
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if must_create:
            self._insert(data)
        elif not self._update(data):
            # Ended meanwhile, by this person in another place or by the clinic: it does not come back.
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            DeviceSession.objects.filter(pk=digest(key)).delete()

    def cycle_key(self) -> None:
        """A new key for the same row, which goes on being somebody's since they signed in."""
        data, old = self._session, self.session_key  # type: ignore[attr-defined]
        new = self._get_new_session_key()  # type: ignore[attr-defined]
        if old and DeviceSession.objects.filter(pk=digest(old)).update(session_key=digest(new)):
            self._session_key, self.modified = new, True
        elif old and SESSION_KEY in data:
            # Ended while this request was answered: a row of nobody's would bring it back without limits.
            raise SessionInterrupted("The session was ended before the request completed.")
        else:
            self.create()
        self._session_cache = data

    @classmethod
    def reopened(cls, row: DeviceSession) -> "SessionStore | None":
        """A locked session under a new key; None when it was opened or ended meanwhile."""
        store, now = cls(), timezone.now()
        store._session_key = store._get_new_session_key()  # type: ignore[attr-defined]
        until = min(row.ends_at or now, now + LOCKS_AFTER)
        opened = {"session_key": digest(store._session_key), "expire_date": until, "seen_at": now}
        if not DeviceSession.objects.filter(pk=row.pk).update(**opened, left_page=""):
            return None
        store._session_cache, store.modified = store.decode(row.session_data), True
        return store

    @classmethod
    def clear_expired(cls) -> None:
        DeviceSession.objects.over(timezone.now()).delete()

    def _insert(self, data: dict[str, Any]) -> None:
        row = DeviceSession(
            session_key=digest(self.session_key or ""),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise CreateError from taken
        self.row = row

    def _update(self, data: dict[str, Any]) -> int:
        """Only what the session holds, and for nobody's also its end: somebody's limits are not Django's to move."""
        fields: dict[str, Any] = {"session_data": self.encode(data)}
        if SESSION_KEY not in data:
            fields["expire_date"] = self.get_expiry_date()
        return DeviceSession.objects.filter(pk=digest(self.session_key or "")).update(**fields)


def _begin(sender: type[User], request: HttpRequest, user: User, **_: Any) -> None:
    begin(request, user)


# Django tells of a sign-in in no other way; whatever way in it was, the session is marked here.
user_logged_in.connect(_begin, dispatch_uid="a session begins")
