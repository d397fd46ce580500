"""The file of a backup: facts about it in plain sight, and its content encrypted piece by piece.

    line 1   STEADY-BACKUP 1
    line 2   the SHA-256 of line 3
    line 3   the facts as JSON, with the salt and a check of the key
    then     pieces of at most a mebibyte, each with its AES-256-GCM tag

The key of a file comes from the clinic's key and the file's salt by HKDF. A piece's nonce is its number and whether it
is the last one; lines 1 to 3 are authenticated with each piece. So a file that was cut, lengthened, put in another
order or given other facts does not open, and no more than two pieces are ever in memory.
"""

import hmac
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clinic_site.keeping.refusals import Damaged, KeepingRefused, WrongKey

MAGIC = b"STEADY-BACKUP 1\n"
PIECE = 1 << 20
TAG = 16
LONGEST_LINE = 1 << 20
SHORTEST_KEY = 32
Facts = dict[str, Any]


def seal(content: Iterable[bytes], into: BinaryIO, *, facts: Mapping[str, Any], key: str) -> None:
    """Write the facts and the encrypted content."""
    salt = os.urandom(32)
    head = _head(dict(facts) | {"salt": salt.hex(), "key_check": _check_of(key, salt)})
    into.write(head)
    cipher = AESGCM(_derived(key, salt, b"content"))
    for number, (piece, is_last) in enumerate(_marked(_pieces(content))):
        into.write(cipher.encrypt(_nonce(number, is_last=is_last), piece, head))


def read_facts(source: BinaryIO) -> Facts:
    """What the file says of itself. Only opened() proves that it is true."""
    return _read_head(source)[1]


def opened(source: BinaryIO, *, key: str) -> tuple[Facts, Iterator[bytes]]:
    """The facts and the content. Raises WrongKey at once, and Damaged where the content is not as it was written.

    What was answered is only known to be whole once the content has been read to its end.
    """
    head, facts = _read_head(source)
    if not is_key_of(facts, key):
        raise WrongKey("BACKUP_KEY is not the key under which this backup was made.")
    return facts, _decrypted(source, head, AESGCM(_derived(key, _salt(facts), b"content")))


def is_key_of(facts: Facts, key: str) -> bool:
    """Whether the file that says this of itself was made under the key. Raises Damaged where it says nothing of one."""
    return hmac.compare_digest(_check_of(key, _salt(facts)), str(facts.get("key_check")))


def _salt(facts: Facts) -> bytes:
    try:
        return bytes.fromhex(facts["salt"])
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged("The file's beginning is not that of a backup.") from error


def _head(facts: Facts) -> bytes:
    line = json.dumps(facts, sort_keys=True).encode() + b"\n"
    return MAGIC + sha256(line).hexdigest().encode() + b"\n" + line


def _read_head(source: BinaryIO) -> tuple[bytes, Facts]:
    if source.readline(len(MAGIC)) != MAGIC:
        raise Damaged("The file is not a backup of this program, or its first line is damaged.")
    digest, line = source.readline(65), source.readline(LONGEST_LINE)
    if digest.strip() != sha256(line).hexdigest().encode():
        raise Damaged("The file's beginning is damaged.")
    return MAGIC + digest + line, json.loads(line)


def _decrypted(source: BinaryIO, head: bytes, cipher: AESGCM) -> Iterator[bytes]:
    read: Callable[[], bytes] = lambda: source.read(PIECE + TAG)  # noqa: E731
    for number, (piece, is_last) in enumerate(_marked(iter(read, b""))):
        try:
            yield cipher.decrypt(_nonce(number, is_last=is_last), piece, head)
        except InvalidTag as error:
            raise Damaged(f"The file is damaged or cut off at piece {number + 1}.") from error


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The content in pieces of one size; the last is what is left over, and may be empty."""
    held = bytearray()
    for part in content:
        held += part
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    yield bytes(held)


def _marked(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last one. No piece at all is a file that was cut off."""
    following = iter(pieces)
    piece = next(following, None)
    if piece is None:
        raise Damaged("The file is cut off before its content.")
    for coming in following:
        yield piece, False
        piece = coming
    yield piece, True


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _check_of(key: str, salt: bytes) -> str:
    return _derived(key, salt, b"check").hex()


def _derived(key: str, salt: bytes, purpose: bytes) -> bytes:
    if len(key) < SHORTEST_KEY:
        raise KeepingRefused(
            f"BACKUP_KEY must be set to a random text of at least {SHORTEST_KEY} characters (README, Keeping it)."
        )
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"steady backup 1: " + purpose).derive(key.encode())
