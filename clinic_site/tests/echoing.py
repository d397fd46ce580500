"""Steady as gunicorn serves it, and one page more: what arrived of a request, as JSON. For the test of the proxy."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest

from clinic_site.wsgi import application as steady
from practice.addresses import client_address

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
PATH = "/what-arrived"


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    if environ["PATH_INFO"] != PATH:
        return steady(environ, start_response)
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(what_arrived(WSGIRequest(environ))).encode()]


def what_arrived(request: WSGIRequest) -> dict[str, Any]:
    return {
        "address": client_address(request),
        "host": request.get_host(),
        "secure": request.is_secure(),
        "headers": sorted(name.lower() for name in request.headers),
    }
