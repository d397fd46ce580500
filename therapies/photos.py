"""An uploaded picture among an instruction's figures: {"upload": its id, "size": [width, height]} -> one drawing.

A page asks for it at its own address; paper holds its bytes.
"""

from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse

from therapies.figures.drawing import Drawing
from therapies.figures.poses import PoseError
from therapies.models_pictures import UploadedPicture

UPLOAD = "upload"
# The sizes that there are: columns of the row.
LARGE_PHOTO, SMALL_PHOTO = "page", "small"
KEPT_BYTES = 32


def is_photo(figure: Mapping[str, Any]) -> bool:
    return UPLOAD in figure


def photo(figure: Mapping[str, Any], *, ids: str, size: str = LARGE_PHOTO, paper: bool = False) -> Drawing:
    """Raises PoseError for data of the wrong shape and, on paper, for a picture that is not there."""
    try:
        upload = UUID(figure[UPLOAD])
        width, height = (int(each) for each in figure["size"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PoseError(f"figure: an uploaded picture has an id and a size, not {figure!r}.") from error
    if min(width, height) < 1 or figure.keys() - {UPLOAD, "size"}:
        raise PoseError(f"figure: an uploaded picture has an id and a size, not {figure!r}.")
    source = _inlined(upload) if paper else reverse("uploaded_picture", args=[upload, size])
    image = f'<image href="{source}" width="{width}" height="{height}"/>'
    return Drawing(image, (0, 0, width, height), ids)


@lru_cache(maxsize=KEPT_BYTES)
def _inlined(upload: UUID) -> str:
    """The row never changes, so that a process reads it once."""
    row = UploadedPicture.objects.filter(pk=upload).values_list("small", "small_format").first()
    if row is None:
        raise PoseError(f"figure: the picture {upload} is not there.")
    return f"data:image/{row[1]};base64,{b64encode(row[0]).decode()}"
