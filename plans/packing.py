"""A PDF with its small objects packed into compressed streams (PDF 1.5): the same document in half the bytes.

Typst writes an object in plain text for each cell and list item that a screen reader meets: most of a handout.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import chain

from deflate import zlib_compress

HEAD = re.compile(rb"\d+ 0 obj\s*")
TABLE = re.compile(
    rb"xref\s+0 (\d+)\s+((?:\d{10} \d{5} [nf]\s*?[\r\n]+)+)trailer\s*<<(.*)>>\s*startxref\s+\d+\s+%%EOF\s*", re.DOTALL
)
# In one stream, so that a reader unpacks no more than it needs at once.
TOGETHER = 400
# From so many bytes on, drawings are packed harder too, which takes longer than to set the sheet: few need it.
LARGE = 99_000
DRAWN = re.compile(rb"<</Length \d+/Filter/FlateDecode>>\s*stream\n")
END_OF_DRAWING = b"\nQ"
# A thousandth of a point is less than any printer's dot.
NEEDLESS = re.compile(rb"(\.\d{3})\d+(?=\s)")
# Of libdeflate's levels: 6 takes a quarter of zlib's time, and 10 packs a drawing a twelfth smaller than zlib's best.
QUICKLY, HARDER = 6, 10
# A cross-reference's three numbers: its kind, where it is, and which one of a packed stream; and as struct writes them.
WIDTHS, ROW = (1, 4, 2), "BIH"
FREE, PLAIN, PACKED = 0, 1, 2
Entry = tuple[int, int, int]


def packed(pdf: bytes) -> bytes:
    """The document with what may be packed packed; as it is where it has no plain table of one piece."""
    table = TABLE.search(pdf, pdf.rfind(b"\nxref"))
    if table is None:
        return pdf
    places = _places(table)
    objects = dict(_objects(pdf, places, table.start()))
    head, trailer = pdf[: min(places.values())], table.group(3)
    out = _put_together(head, objects, trailer)
    if len(out) < LARGE:
        return out
    return _put_together(head, {number: _squeezed(body) for number, body in objects.items()}, trailer)


def _put_together(head: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    small = [number for number, body in objects.items() if not body.endswith(b"endstream")]
    out = bytearray(head)
    entries: dict[int, Entry] = {0: (FREE, 0, 65535)}
    for number in objects.keys() - set(small):
        entries[number] = _put(out, number, objects[number])
    following = max(objects) + 1
    for first in range(0, len(small), TOGETHER):
        numbers = small[first : first + TOGETHER]
        entries[following] = _put(out, following, _object_stream([(each, objects[each]) for each in numbers]))
        entries |= {number: (PACKED, following, place) for place, number in enumerate(numbers)}
        following += 1
    _put_table(out, following, entries, trailer)
    return bytes(out)


def _squeezed(body: bytes) -> bytes:
    """The same drawing in fewer bytes; anything else as it is."""
    if not (start := DRAWN.match(body)):
        return body
    drawing = zlib.decompressobj().decompress(body[start.end() :])
    # The list of a font's letters has the same head as a drawing.
    return _stream(b"", NEEDLESS.sub(rb"\1", drawing), level=HARDER) if END_OF_DRAWING in drawing else body


def _places(table: re.Match[bytes]) -> dict[int, int]:
    """Where each object in use begins."""
    lines = table.group(2).split(b"\n")
    return {number: int(line[:10]) for number, line in enumerate(lines) if b" n" in line}


def _objects(pdf: bytes, places: dict[int, int], stop: int) -> Iterator[tuple[int, bytes]]:
    """Each object by its number, without what stands around it."""
    ordered = sorted((place, number) for number, place in places.items())
    ends = [place for place, _ in ordered[1:]] + [stop]
    for (place, number), end in zip(ordered, ends, strict=True):
        head = HEAD.match(pdf, place, end)
        if head:
            yield number, pdf[head.end() : pdf.rindex(b"endobj", place, end)].rstrip()


def _put(out: bytearray, number: int, body: bytes) -> Entry:
    place = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return PLAIN, place, 0


def _stream(fields: bytes, content: bytes, *, level: int = QUICKLY) -> bytes:
    small = bytes(zlib_compress(content, level))
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (fields, len(small), small)


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    index, bodies, place = [], [], 0
    for number, body in objects:
        index.append(b"%d %d " % (number, place))
        bodies.append(body + b"\n")
        place += len(body) + 1
    first = sum(map(len, index))
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), first), b"".join([*index, *bodies]))


def _put_table(out: bytearray, number: int, entries: dict[int, Entry], trailer: bytes) -> None:
    """The cross-reference stream, which is the trailer too."""
    start = len(out)
    entries = entries | {number: (PLAIN, start, 0)}
    rows = (entries.get(each, (FREE, 0, 65535)) for each in range(number + 1))
    content = struct.pack(f">{ROW * (number + 1)}", *chain.from_iterable(rows))
    kept = re.sub(rb"/Size \d+", b"", trailer)
    fields = b"/Type/XRef/Size %d/W[%d %d %d]%s" % (number + 1, *WIDTHS, kept)
    _put(out, number, _stream(fields, content))
    out += b"startxref\n%d\n%%%%EOF\n" % start
