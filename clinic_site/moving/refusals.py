"""What keeps a clinic from being moved, as a sentence for whoever typed the command."""


class MoveRefused(Exception):
    """The message says what is wrong; the new database is as it was."""
