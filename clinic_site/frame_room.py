"""Room for a request's Python frames, taken once instead of some hundred times.

CPython keeps the frames of running functions in chunks of 16 kB and gives a chunk back to the system as soon as its
last frame ends (Python/pystate.c, `push_chunk`). Where the server and the middlewares fill a chunk just to its edge,
every further call maps memory and unmaps it again: 4 ms of a plan page's 19 were spent so.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# In words of 8 bytes. A frame of just over 128 kB gets a chunk of 256 kB, of which the request has the other half.
# Nothing is written there before it is used, so it costs addresses and not memory.
FRAME_WORDS = 2**14 + 16


def with_frame_room(application: Application) -> Application:
    """The application, called from a frame large enough that all frames under it share its chunk."""

    def roomy(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return application(environ, start_response)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=FRAME_WORDS)
    return roomy
