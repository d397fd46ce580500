"""keep_upload(): a picture that somebody sent, and that was written anew, becomes a row that pages and paper show."""

from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction

from practice import audit
from practice.models import User
from therapies.models import UploadedPicture
from therapies.reencoding import Reencoded, UploadError


@transaction.atomic
def keep_upload(made: Reencoded, *, title: str, words: Mapping[str, list[str]], by: User) -> UploadedPicture:
    """Raises UploadError where the library has the very picture already."""
    content_hash = sha256(made.page.data).hexdigest()
    if same := UploadedPicture.objects.described().filter(content_hash=content_hash).first():
        raise UploadError(f"The library has this picture already: “{same.title}”.")
    picture = UploadedPicture.objects.create(
        title=title,
        words=dict(words),
        width=made.page.width,
        height=made.page.height,
        page=made.page.data,
        page_format=made.page.format,
        small=made.small.data,
        small_format=made.small.format,
        content_hash=content_hash,
        by=by,
    )
    audit.record(audit.Action.CHANGED, actor=by, about=picture, detail="uploaded a picture for the library")
    return picture
