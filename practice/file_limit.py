"""How much of a sent file is kept: what is above the limit is thrown away as it comes, and never held whole."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MEGABYTE = 1024 * 1024
# The most that a file may hold, and so the most that one request's files hold in memory together.
MOST_BYTES = 5 * MEGABYTE
# What is larger is not even read to its end: the line is cut.
CUT_OFF = 32 * MEGABYTE


class FileLimit(FileUploadHandler):
    """Gives each file with its true `size`; of one that is too large, the content is only begun.

    So the other fields of its form arrive as ever, and the form can say how large it was.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left, self.is_cut_off = MOST_BYTES, False

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        _, _, content_length = args[:3]
        self.is_cut_off = content_length > CUT_OFF

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_cut_off:
            raise StopUpload(connection_reset=True)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept = raw_data[: self.left]
        self.left -= len(kept)
        self.held.write(kept)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
