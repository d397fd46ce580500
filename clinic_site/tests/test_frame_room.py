"""A request's frames find their room, however deep the server's own stack is."""

import resource

from clinic_site.frame_room import Application, with_frame_room

CALLS = 400
# The server's frames end somewhere in a chunk of 16 kB: enough depths to stand at its edge at least once.
DEPTHS = range(120)


def _faults_at_worst(application: Application) -> int:
    """Pages that the system had to hand out anew during one request, at the worst depth of the stack."""
    return max(_faults(application, depth) for depth in DEPTHS)


def _faults(application: Application, depth: int) -> int:
    if depth:
        return _faults(application, depth - 1)
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    application({}, lambda *_: None)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - begun


def _busy(_environ: object, _start_response: object) -> list[bytes]:
    for _ in range(CALLS):
        _deeper(6)
    return []


def _deeper(steps: int) -> None:
    if steps:
        _deeper(steps - 1)


def test_without_room_some_depth_asks_the_system_for_memory_at_each_call() -> None:
    assert _faults_at_worst(_busy) > CALLS / 2


def test_with_room_no_depth_does() -> None:
    assert _faults_at_worst(with_frame_room(_busy)) < CALLS / 10
