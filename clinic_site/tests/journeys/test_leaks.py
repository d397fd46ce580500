"""What the search of the logs takes for a code."""

import pytest

from clinic_site.tests.journeys.leaks import CODE


@pytest.mark.parametrize(
    "line",
    [
        '"GET /start/?t=BCD-FGHJ-KLMN HTTP/1.1" 200',
        '"GET /start/?t=bcd-fghj-klmn HTTP/1.1" 200',
        '"GET /start/BCDFGHJKLMN/ HTTP/1.1" 200',
        '"GET /tablet/BC4F9K/ HTTP/1.1" 200',
        '"GET /sign-in/04127749/ HTTP/1.1" 200',
        '"GET /sign-in/?typed=04127749 HTTP/1.1" 200',
        "a code by e-mail: 0412 7749",
        '"GET /invitation/?i=BCDF-GHJK-LMNP-QRST-VWXZ-2345 HTTP/1.1" 200',
        '"POST /sign-in/?password=x HTTP/1.1" 200',
    ],
)
def test_a_code_in_a_line_is_found(line: str) -> None:
    assert CODE.search(line)


@pytest.mark.parametrize(
    "line",
    [
        '"GET /desk/patients/10042/ HTTP/1.1" 200 20481234',
        '"GET /static/css/components.45999da59880.css HTTP/1.1" 200 7688',
        '"GET /me/items/3f2b8c9d-7c4d-4b5f-9d2c-6b7f8d9c2b3d/ HTTP/1.1" 200 512',
        '"POST /desk/screenings/04127749-7c4d-4b5f-9d2c-6b7f8d9c2b3d/ HTTP/1.1" 302 0',
        '[22/Nov/2026 03:25:14] "GET /desk/ HTTP/1.1" 200 1234',
    ],
)
def test_an_address_without_a_code_is_none(line: str) -> None:
    assert not CODE.search(line)
