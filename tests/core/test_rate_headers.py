"""What a server says about how much may still be asked, in every form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.exchange import Received, Timings
from inspector.core.rate_headers import Allowance, allowance_in

NOW = 1_795_000_000.0


def received(headers: dict[str, str]) -> Received:
    return Received("https://h/", 200, "", "HTTP/1.1", tuple(headers.items()), b"", 0, Timings(1.0, 2.0, NOW))


@pytest.mark.parametrize(
    ("headers", "allowance"),
    [
        ({"RateLimit-Limit": "600", "RateLimit-Remaining": "5", "RateLimit-Reset": "7"}, Allowance(5, 7, 600)),
        ({"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "7"}, Allowance(5, 7, 600)),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "1.5"}, Allowance(0, 1.5, None)),
        (
            {"RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "1", "RateLimit-Reset": "2"},
            Allowance(1, 2, 100),
        ),
        ({"RateLimit-Limit": "0", "RateLimit-Remaining": "1", "RateLimit-Reset": "2"}, Allowance(1, 2, None)),
        ({"RateLimit-Remaining": "1", "RateLimit-Reset": str(int(NOW) + 30)}, Allowance(1, 30, None)),
        ({"RateLimit-Remaining": "1", "RateLimit-Reset": str(int(NOW) - 30)}, Allowance(1, 0, None)),
        ({"RateLimit-Remaining": "1", "RateLimit-Reset": "999999"}, Allowance(1, 86_400, None)),
        ({"RateLimit": "limit=100, remaining=50, reset=5"}, Allowance(50, 5, 100)),
        ({"RateLimit": '"default";r=50;t=30'}, Allowance(50, 30, None)),
        ({"RateLimit": '"burst";r=1;t=2, "day";r=9;t=999'}, Allowance(1, 2, None)),
        ({"RateLimit": '"default";r=50'}, None),
        ({"RateLimit-Remaining": "5"}, None),
        ({"RateLimit-Remaining": "many", "RateLimit-Reset": "soon"}, None),
        ({"RateLimit-Remaining": "-1", "RateLimit-Reset": "1"}, None),
        ({}, None),
    ],
)
def test_every_form_is_read(headers: dict[str, str], allowance: Allowance | None) -> None:
    assert allowance_in(received(headers)) == allowance


@given(
    st.dictionaries(st.sampled_from(["RateLimit", "RateLimit-Remaining", "X-RateLimit-Reset"]), st.text(max_size=30))
)
def test_any_header_gives_a_sane_allowance_or_none(headers: dict[str, str]) -> None:
    found = allowance_in(received(headers))
    assert found is None or (found.remaining >= 0 and 0 <= found.reset <= 86_400)
