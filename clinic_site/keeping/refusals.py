"""What keeps a backup from being written, read or restored, as a sentence for whoever typed the command."""


class KeepingRefused(Exception):
    """The message says what is wrong; nothing was changed, and nothing half-written is left."""


class WrongKey(KeepingRefused):
    """The file was made under another key."""


class Damaged(KeepingRefused):
    """The file is not whole, or not as it was written."""
