"""The scanner against the grammar: which texts are JSON, and where the others stop being it."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.fault import describe
from inspector.core.json.text import Expecting, JsonFault, parse_body, parse_text
from tests.json_automaton import first_break
from tests.json_texts import json_texts, mutated, unhurried

VALID = """
[]|{}|[ ]|{ }| [] |\t{}\n|[[]]|[{}]|{"a":{}}|[[[[]]]]|""|" "|"a"|null|true|false|0|-0|1|-1|42|0.5|-0.5|1.25|0e1|0e+1|0E-1|1e5|1E5|
1e+5|1e-5|1.5e300|-1.5E-300|1e9999|-1e-9999|123456789012345678901234567890|[0]|[-0]|[1,2]|[1 , 2]|[1,\n2]|[null,true,false]|
["a","b"]|{"a":1}|{"a":1,"b":2}|{"a":1,"a":2}|{"":0}|{"a":[1,{"b":[]}]}|{ "a" : 1 , "b" : 2 }|["\\""]|["\\\\"]|["\\/"]|["/"]|
["\\b\\f\\n\\r\\t"]|["\\u0000"]|["\\u0020"]|["\\u00e9\\u00E9"]|["\\ud83d\\ude00"]|["\\ud83d"]|["\\ude00\\ud83d"]|["\\uFFFF"]|
["é"]|["日本"]|["😀"]|["\u2028\u2029"]|["\ufeff"]|["\x7f"]|["\x80"]|["\ufdd0"]|["\U0010ffff"]|{"\\u0061":1}|{"é":"ü"}|
["\\\\u0041"]|[" "]|["null"]|["[]"]|["{\\"a\\":1}"]|[""]|[1e1,2e2]|[-1.0]|[10]|[100.001]|{"a":"b","c":["d",{"e":null}]}|[[],[]]|
[{},{}]|{"a":[],"b":{}}|[true]|[ false ]|\r\n[\r\n]\r\n|"\\ud800\\ud800"|[0.0]|[-0.0e-0]|[1,[2,[3,[4]]]]|{"a":{"b":{"c":{}}}}
"""
INVALID = """
|,|:|}|]|{|[|"|[,]|[1,]|[,1]|[1,,2]|[1 2]|[1|[1,|[1}|{]|{"a"}|{"a":}|{"a":1,}|{,}|{"a":1,,}|{"a" 1}|{"a":1 "b":2}|
{"a",1}|{1:1}|{a:1}|
{'a':1}|{null:1}|{"a":1}}|{}{}|[][]|[]]|{} x|[] ,|1 2|1,|1:|"a" "b"|nul|nulll|tru|truE|True|TRUE|fals|NULL|None|nan|NaN|[NaN]|
Infinity|[-Infinity]|[+1]|+1|01|-01|[00]|.5|-.5|[5.]|5.e1|1e|1e+|1.5e|1.5e-|1.2.3|1e5.5|1e2e3|--1|-|[-]|- 1|-a|0x1|1_0|1a|0a|1.a|
[1.0.0]|"\\a"|"\\x41"|"\\'"|"\\ "|"\\u"|"\\u1"|"\\u12"|"\\u123"|"\\u12G4"|"\\u 123"|"\\U0041"|
"\\"|"\\\\\\"|"a|"a\n"|"a\t"|"\x00"|"\x1f"|
["a\nb"]|{"a\tb":1}|['a']|[`a`]|[“a”]|[a]|[a"]|["a]|["a',]|/**/[]|[]//x|[/**/]|#|\ufeff[]|\u00a0[]|[\u00a0]|[\u200b]|[\x0c]|[\x0b1]|\x00|[]\x00|
é|[é]|(1)|<a>|[1;2]|{"a"=1}|{"a"=>1}|{"a":1;}|[1,]]|[[1]|{"a":[}|{"a":{]|["a",,"b"]|[...]|{...}|[\\n]|{\\"a\\":1}|[1,}|{"a":1]|undefined|
{"a":undefined}|[0,01]|[1e+]|[1e1.]|{"a":-}|{"a":tru}|[falsee]|@|*|[**]|[1*2]|["a"+"b"]|[0b1]|[1n]|１|[１]|[∞]
"""


def listed(table: str) -> list[str]:
    return table.strip("\n").replace("|\n", "|").split("|")


@pytest.mark.parametrize("text", listed(VALID))
def test_json_of_the_grammar(text: str) -> None:
    assert not isinstance(parse_text(text), JsonFault)
    assert first_break(text) is None


@pytest.mark.parametrize("text", listed(INVALID))
def test_no_json_of_the_grammar(text: str) -> None:
    fault = parse_text(text)
    assert isinstance(fault, JsonFault)
    assert describe(text, fault).offset == first_break(text)


def offset_of(text: str) -> int | None:
    parsed = parse_text(text)
    return describe(text, parsed).offset if isinstance(parsed, JsonFault) else None


@pytest.mark.parametrize("alphabet", ['{}":,1', "[],1t r", "-+.0e1]", '"\\u0n\n', 'tru{"[', 'null,"a', "false[}"])
def test_every_short_text(alphabet: str) -> None:
    for length in range(6):
        for characters in product(alphabet, repeat=length):
            text = "".join(characters)
            assert offset_of(text) == first_break(text), text


@unhurried
@given(json_texts())
def test_every_prefix_of_json(text: str) -> None:
    assert offset_of(text) is None
    for end in range(len(text)):
        assert offset_of(text[:end]) == first_break(text[:end])


@unhurried
@given(mutated(json_texts()))
def test_mutations(text: str) -> None:
    assert offset_of(text) == first_break(text)


@unhurried
@given(st.text(alphabet=st.sampled_from('{}[]":,\\ \n\tntruefalsbu0123456789.eE+-é\u2028\ud83d😀/*')))
def test_grammar_soup(text: str) -> None:
    assert offset_of(text) == first_break(text)


def _rejecting(constant: str) -> None:
    raise ValueError(constant)


@unhurried
@given(json_texts() | mutated(json_texts()))
def test_agrees_with_the_standard_library(text: str) -> None:
    try:
        value = json.loads(text, parse_constant=_rejecting, parse_int=str, parse_float=str, object_pairs_hook=tuple)
    except ValueError:
        assert offset_of(text) is not None
    else:
        parsed = parse_text(text)
        assert not isinstance(parsed, JsonFault)
        assert _as_loaded(parsed.root) == value


def _as_loaded(node: JsonNode) -> object:
    """What the hooks above make of the same value."""
    match node.kind:
        case Kind.OBJECT:
            return tuple((child.key, _as_loaded(child)) for child in node.children())
        case Kind.ARRAY:
            return [_as_loaded(child) for child in node.children()]
        case Kind.STRING:
            return node.string
        case Kind.NUMBER:
            return node.text
        case Kind.TRUE | Kind.FALSE | Kind.NULL:
            return {Kind.TRUE: True, Kind.FALSE: False, Kind.NULL: None}[node.kind]


@unhurried
@given(json_texts())
def test_a_body_that_is_utf_8_reads_like_its_text(text: str) -> None:
    try:
        body = text.encode()
    except UnicodeEncodeError:
        return
    parsed = parse_body(body)
    assert not isinstance(parsed, JsonFault)
    assert parsed.root.raw == text.strip(" \t\n\r").encode()


@pytest.mark.fault(row="bytes that are no UTF-8")
def test_bytes_that_are_not_utf_8_survive_in_strings() -> None:
    parsed = parse_body(b'{"\xffkey": "caf\xe9 \xf0\x9f\x98\x80"}')
    assert not isinstance(parsed, JsonFault)
    member = parsed.root.child(0)
    assert member.key == "\udcffkey"
    assert member.string == "caf\udce9 😀"
    assert member.string.encode("utf-8", "surrogateescape") == b"caf\xe9 \xf0\x9f\x98\x80"


@pytest.mark.parametrize("body", [b"\xff", b"[\xe9]", b"\xfe\xff\x00[", b"[1]\xff"])
def test_bytes_that_are_not_utf_8_outside_of_strings_are_a_fault(body: bytes) -> None:
    parsed = parse_body(body)
    assert isinstance(parsed, JsonFault)
    assert parsed.offset == next(index for index, byte in enumerate(body) if byte > 0x7F)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", (Expecting.VALUE, (), 0, (), False)),
        ("x", (Expecting.VALUE, (), 0, (), False)),
        ("[x", (Expecting.VALUE_OR_CLOSE, (0,), 1, (0,), False)),
        ("[1, ]", (Expecting.VALUE, (0,), 4, (1,), False)),
        ("{x", (Expecting.KEY_OR_CLOSE, (0,), 1, (), False)),
        ('{"a": 1, x', (Expecting.KEY, (0,), 9, (), False)),
        ('{"a" x', (Expecting.COLON, (0,), 5, ("a",), False)),
        ('{"a": 1 x', (Expecting.COMMA_OR_BRACE, (0,), 8, ("a",), False)),
        ('{"a": [{"b": 1}, 2 x', (Expecting.COMMA_OR_BRACKET, (0, 6), 19, ("a", 1), False)),
        ('{"a": {"b": [1]} x', (Expecting.COMMA_OR_BRACE, (0,), 17, ("a",), False)),
        ('{"a": [[[1, 2] x', (Expecting.COMMA_OR_BRACKET, (0, 6, 7), 15, ("a", 0, 0), False)),
        ('[0, {"é": {"k\\u0061": x', (Expecting.VALUE, (0, 4, 11), 23, (1, "é", "ka"), False)),
        ("[] x", (Expecting.END, (), 3, (), False)),
        ("[1.", (Expecting.DIGIT, (0,), 1, (0,), False)),
        ("[01", (Expecting.COMMA_OR_BRACKET, (0,), 1, (0,), False)),
        ('{"a": 01', (Expecting.COMMA_OR_BRACE, (0,), 6, ("a",), False)),
        ('["\\q', (Expecting.ESCAPE, (0,), 1, (0,), False)),
        ('["\\u0q', (Expecting.HEX_DIGIT, (0,), 1, (0,), False)),
        ('["a', (Expecting.STRING_END, (0,), 1, (0,), False)),
        ('{"a": {"b', (Expecting.STRING_END, (0, 6), 7, ("a",), True)),
        ('{"a": {"\\q', (Expecting.ESCAPE, (0, 6), 7, ("a",), True)),
        ("[trx", (Expecting.LITERAL, (0,), 1, (0,), False)),
    ],
)
def test_what_a_fault_tells(
    text: str, told: tuple[Expecting, tuple[int, ...], int, tuple[str | int, ...], bool]
) -> None:
    fault = parse_text(text)
    assert isinstance(fault, JsonFault)
    assert fault == JsonFault(fault.offset, *told)


def test_a_hundred_thousand_levels() -> None:
    depth = 100_000
    parsed = parse_text("[" * depth + "]" * depth)
    assert not isinstance(parsed, JsonFault)
    assert len(parsed) == depth
    deep = parse_text('{"a":' * depth + "x")
    assert isinstance(deep, JsonFault)
    assert deep.offset == 5 * depth
    assert deep.path == ("a",) * depth
    assert offset_of("[" * depth) == depth


@pytest.mark.parametrize("unit", ["x", "\\n", "é"])
def test_ten_megabytes_in_one_string(unit: str) -> None:
    text = f'{{"a": "{unit * (10_000_000 // len(unit))}'
    fault = parse_text(text)
    assert isinstance(fault, JsonFault)
    assert describe(text, fault).offset == len(text)
    whole = parse_text(f'{text}"}}')
    assert not isinstance(whole, JsonFault)
    assert len(whole.root.child(0).string) == (10_000_000 // len(unit))


def test_ten_megabytes_of_white_space_and_digits() -> None:
    assert offset_of("[" + " " * 10_000_000) == 10_000_001
    assert offset_of("[" + "1" * 10_000_000 + "x") == 10_000_001
