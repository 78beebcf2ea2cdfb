"""What people type and paste: IDs, keys and base URLs, in all the forms in which they arrive."""

from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.inputs import (
    DEFAULT_BASE_URL,
    BaseUrl,
    CompletionId,
    Refused,
    is_loopback,
    read_api_key,
    read_base_url,
    read_completion_id,
)
from inspector.core.secret import Secret

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
CANARY = "sk-canary-0123456789abcdef"
HOME = BaseUrl("https://sudo.example", "/api")
NEAR_A_URL = st.from_regex(r"https?://[0-9a-zA-Z:@/%.\[\]_~-]{0,40}", fullmatch=True)


class TestCompletionId:
    @pytest.mark.parametrize(
        ("text", "segment"),
        [
            ("chatcmpl-abc123", "chatcmpl-abc123"),
            ("knTMaJC0EJfM5OMP7I3xkAk", "knTMaJC0EJfM5OMP7I3xkAk"),
            ("gen-1761038096-AbC_d.e~f", "gen-1761038096-AbC_d.e~f"),
            ("../../v1/models", "..%2F..%2Fv1%2Fmodels"),
            ("%2e%2e", "%252e%252e"),
            ("...", "..."),
            ("a?b=c", "a%3Fb%3Dc"),
            ("a#fragment", "a%23fragment"),
            ("a\\b", "a%5Cb"),
            ("a b", "a%20b"),
            ("a;b:c@d&e+f", "a%3Bb%3Ac%40d%26e%2Bf"),
            ("schlüssel", "schl%C3%BCssel"),
            ("😀", "%F0%9F%98%80"),
            ("x" * 512, "x" * 512),
        ],
    )
    def test_what_is_given_becomes_one_segment_of_the_path(self, text: str, segment: str) -> None:
        found = read_completion_id(text)
        assert found == CompletionId(text)
        assert isinstance(found, CompletionId)
        assert found.segment == segment
        assert HOME.completion_url(found) == f"https://sudo.example/api/v1/chat/completions/{segment}"

    @pytest.mark.parametrize(
        "around", [" ", "\t\r\n", "\u200b", "\ufeff", "\xa0", "\u2028", "\u202e", "\x00", "\u3000 \u200d"]
    )
    def test_what_a_sloppy_copy_brings_along_is_dropped(self, around: str) -> None:
        assert read_completion_id(f"{around}chatcmpl-1{around}") == CompletionId("chatcmpl-1")

    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("", "Type or paste a completion ID first"),
            (" \t\n\u200b", "Type or paste a completion ID first"),
            (".", "“.” is not a completion ID"),
            (" .. ", "“..” is not a completion ID"),
            ("x" * 513, "has 513 characters; a completion ID has at most 512"),
            ("x" * 70_000, "has 70,000 characters"),
            ("a\nb", "(U+000A) at position 2"),
            ("ab\x00c", "(U+0000) at position 3"),
            ("a\u200bb", "(U+200B) at position 2"),
            ("a\x7fb", "(U+007F) at position 2"),
            ("a\u2028b", "(U+2028) at position 2"),
            ("a\u2029b", "(U+2029) at position 2"),
            ("\ud800", "(U+D800) at position 1"),
            ("a\udcff", "(U+DCFF) at position 2"),
            ("a\U000e0041b", "(U+E0041) at position 2"),
        ],
    )
    def test_what_names_no_completion_is_refused_with_a_reason(self, text: str, phrase: str) -> None:
        found = read_completion_id(text)
        assert isinstance(found, Refused)
        assert phrase in found.sentence

    @given(ANY_TEXT)
    @example("\ud800")
    @example("%2e%2e/..")
    def test_any_text_is_refused_or_comes_back_whole_out_of_one_segment(self, text: str) -> None:
        found = read_completion_id(text)
        if isinstance(found, Refused):
            assert found.sentence.endswith(".")
            return
        assert found.text in text
        assert unquote(found.segment, errors="strict") == found.text
        assert not set(found.segment) & set("/?#\\ \r\n")
        assert found.segment not in ("", ".", "..")
        prefix = b"/api/v1/chat/completions/"
        assert httpx.URL(HOME.completion_url(found)).raw_path == prefix + found.segment.encode()


class TestApiKey:
    @pytest.mark.parametrize("text", ["sk-abc", "0123456789abcdef" * 4, "x", "!~\"'", "k" * 1024])
    def test_no_form_is_assumed(self, text: str) -> None:
        assert read_api_key(text) == Secret(text)

    @pytest.mark.parametrize("around", [" ", "\n", "\r\n", "\t", "\x00", "\u200b", "\ufeff", "\xa0", "\x7f"])
    def test_what_a_sloppy_copy_brings_along_is_dropped(self, around: str) -> None:
        assert read_api_key(f"{around}{CANARY}{around}") == Secret(CANARY)

    @pytest.mark.parametrize("text", ["", " ", "\n\u200b"])
    def test_nothing_is_called_empty(self, text: str) -> None:
        assert read_api_key(text) == Refused("The API key is empty. Copy it from the Sudo dashboard and paste it here.")

    @pytest.mark.parametrize("inner", [" ", "\n", "\r\n", "\x00", "\t", "\x7f", "\u200b", "ü", "\ud800", "😀", "\xa0"])
    def test_what_no_header_can_carry_is_refused_and_never_repeated(self, inner: str) -> None:
        found = read_api_key(f"{CANARY}{inner}{CANARY}")
        assert isinstance(found, Refused)
        assert "no HTTP header can carry" in found.sentence
        assert CANARY[-8:] not in found.sentence

    def test_a_whole_document_is_no_key(self) -> None:
        found = read_api_key(CANARY * 100)
        assert isinstance(found, Refused)
        assert "longer than 1,024 characters" in found.sentence
        assert CANARY not in found.sentence

    @given(ANY_TEXT)
    def test_any_text_is_refused_or_fits_into_a_header(self, text: str) -> None:
        found = read_api_key(text)
        if isinstance(found, Secret):
            assert found.reveal() in text
            assert httpx.Headers({"Authorization": f"Bearer {found.reveal()}"}).raw[0][1].isascii()
            assert all("!" <= char <= "~" for char in found.reveal())

    @given(ANY_TEXT)
    def test_no_sentence_repeats_any_part_of_a_key(self, text: str) -> None:
        found = read_api_key(f"{CANARY} {text}")
        if isinstance(found, Refused):
            assert "canary" not in found.sentence
        else:
            assert found == Secret(CANARY)


class TestBaseUrl:
    @pytest.mark.parametrize(
        ("text", "origin", "path"),
        [
            (DEFAULT_BASE_URL, "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev/api/", "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev/api/v1", "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev/api/v1/", "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev/api/v1///", "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev/api//v1", "https://sudoapp.dev", "/api"),
            (" https://sudoapp.dev/api\n", "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev", "https://sudoapp.dev", ""),
            ("https://sudoapp.dev/v1", "https://sudoapp.dev", ""),
            ("https://gateway.example/v1/v1", "https://gateway.example", "/v1"),
            ("https://gateway.example/xv1", "https://gateway.example", "/xv1"),
            ("https://gateway.example/v10", "https://gateway.example", "/v10"),
            ("https://gateway.example/a%2Fb/~c", "https://gateway.example", "/a%2Fb/~c"),
            ("https://gateway.example/@b/...", "https://gateway.example", "/@b/..."),
            ("HTTPS://SudoApp.DEV/Api", "https://sudoapp.dev", "/Api"),
            ("https://sudoapp.dev:443/api", "https://sudoapp.dev", "/api"),
            ("https://sudoapp.dev:00443", "https://sudoapp.dev", ""),
            ("https://sudoapp.dev:", "https://sudoapp.dev", ""),
            ("https://sudoapp.dev:8443", "https://sudoapp.dev:8443", ""),
            ("https://sudoapp.dev:80", "https://sudoapp.dev:80", ""),
            ("https://a_b.example", "https://a_b.example", ""),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example", ""),
            (f"https://{'a' * 63}.example", f"https://{'a' * 63}.example", ""),
            ("https://192.0.2.7", "https://192.0.2.7", ""),
            ("https://[2001:db8::7]:8443/x", "https://[2001:db8::7]:8443", "/x"),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010", ""),
            ("http://127.0.0.1:80", "http://127.0.0.1", ""),
            ("http://127.8.9.10:443/", "http://127.8.9.10:443", ""),
            ("http://localhost:8080/v1", "http://localhost:8080", ""),
            ("http://LOCALHOST", "http://localhost", ""),
            ("http://[::1]:9", "http://[::1]:9", ""),
        ],
    )
    def test_one_address_however_it_is_written(self, text: str, origin: str, path: str) -> None:
        found = read_base_url(text)
        assert found == BaseUrl(origin, path)
        assert str(found) == origin + path

    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("", "nothing else"),
            ("sudo app.dev", "nothing else"),
            ("https://sudoapp.dev/api?x=1", "nothing else"),
            ("https://sudoapp.dev/api#x", "nothing else"),
            ("http://127.0.0.1\\@evil.example", "nothing else"),
            ("https://sudo\tapp.dev", "nothing else"),
            ("https://sudoapp.dev\x00.evil", "nothing else"),
            ("https://bücher.example", "plain ASCII"),
            ("https://evil.example\u2215sudoapp.dev", "plain ASCII"),
            ("https://sudoapp.dev:８", "plain ASCII"),
            ("https://sudoapp.dev:99999", "not valid"),
            ("https://sudoapp.dev:x", "not valid"),
            ("https://[::1", "not valid"),
            ("sudoapp.dev/api", "must start with https://"),
            ("//sudoapp.dev", "must start with https://"),
            ("ftp://sudoapp.dev", "must start with https://"),
            ("file:///etc/passwd", "must start with https://"),
            ("https:sudoapp.dev", "must start with https://"),
            ("https:///sudoapp.dev", "must start with https://"),
            ("https://user:pw@sudoapp.dev", "user name or password"),
            ("https://sudoapp.dev@evil.example", "user name or password"),
            ("https://@sudoapp.dev", "user name or password"),
            ("https://127.1", "no valid host"),
            ("http://2130706433", "no valid host"),
            ("http://0x7f000001", "no valid host"),
            ("http://127.0.0.01", "no valid host"),
            ("http://017700000001", "no valid host"),
            ("https://256.1.1.1", "no valid host"),
            ("https://1.2.3.4.5", "no valid host"),
            ("https://sudo%61pp.dev", "no valid host"),
            ("http://127.0.0.1%00.evil.example", "no valid host"),
            ("https://[v1.evil.example]", "valid"),
            ("http://[::1%25lo]", "no valid host"),
            ("https://sudoapp..dev", "no valid host"),
            ("https://sudoapp.dev.", "no valid host"),
            ("https://-sudoapp.dev", "no valid host"),
            ("https://sudoapp-.dev", "no valid host"),
            ("https://.", "no valid host"),
            ("https://~", "no valid host"),
            (f"https://{'a' * 64}.example", "no valid host"),
            (f"https://{'a.' * 126}ab", "no valid host"),
            ("http://sudoapp.dev", "to sudoapp.dev in the clear"),
            ("http://127.0.0.1.evil.example", "in the clear"),
            ("http://localhost.evil.example", "in the clear"),
            ("http://192.168.1.1", "in the clear"),
            ("http://0.0.0.0", "in the clear"),
            ("http://[::]", "in the clear"),
            ("https://sudoapp.dev/api/../other", "“.” or “..”"),
            ("https://sudoapp.dev/./api", "“.” or “..”"),
            ("https://sudoapp.dev/..", "“.” or “..”"),
            ("https://sudoapp.dev/%2e%2E/x", "“.” or “..”"),
            ("https://sudoapp.dev/.%2e", "“.” or “..”"),
        ],
    )
    def test_what_could_lead_the_key_elsewhere_is_refused(self, text: str, phrase: str) -> None:
        found = read_base_url(text)
        assert isinstance(found, Refused)
        assert phrase in found.sentence
        assert found.sentence.endswith(".")

    @given(st.one_of(ANY_TEXT, NEAR_A_URL).filter(lambda text: "xn--" not in text.lower()))
    @example("https://sudoapp.dev:0/a//b/")
    @example("https://a@b@c")
    @example("https://[::ffff:1.2.3.4]")
    def test_any_text_is_refused_or_means_the_same_to_who_sends_the_request(self, text: str) -> None:
        found = read_base_url(text)
        if isinstance(found, Refused):
            return
        assert read_base_url(str(found) + "/v1") == found
        url = httpx.URL(found.completion_url(CompletionId("an/id")))
        assert f"{url.scheme}://{url.netloc.decode()}" == found.origin
        assert url.raw_path.decode() == f"{found.path}/v1/chat/completions/an%2Fid"
        assert url.scheme == "https" or is_loopback(url.host)
        assert not url.userinfo


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.255.255.254", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("128.0.0.1", False),
        ("localhost.example", False),
        ("127.1", False),
        ("", False),
    ],
)
def test_loopback_is_told_by_the_literal_alone(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_plain_http_to_another_machine_is_for_those_who_agreed() -> None:
    assert read_base_url("http://box.example:8080/v1", allow_http=True) == BaseUrl(
        "http://box.example:8080", "", in_clear=True
    )
    assert read_base_url("https://box.example", allow_http=True) == BaseUrl("https://box.example", "")
    assert read_base_url("http://127.0.0.1:9", allow_http=True) == BaseUrl("http://127.0.0.1:9", "")
    assert isinstance(read_base_url("http://user@box.example", allow_http=True), Refused)
