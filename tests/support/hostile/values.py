"""Values that go wrong somewhere: of JSON, ids, times and headers."""

import json

WIDE = "٣\u202e\U0001f697ÿ'\"\\<>&;%00{{7*7}}${x}"
"""Text in several scripts, and with everything that anybody ever forgot to escape."""

DEEP = 1000
"""Deeper than Python's parser goes, and within what a body may have."""

TEXTS = ("", " ", "null", "0", "-1", "1e999", "NaN", "true", "[]", "..", "../..", "a" * 3000, "0" * 60, WIDE, "\t", "*")
NUMBERS = ("-0", "1e999", "-1E+400", "9" * 400, "9" * 3900, "0.1", "2009.0", "NaN", "-Infinity", "18446744073709551616")
VALUES = (
    *map(json.dumps, TEXTS), *NUMBERS, "null", "true", "[]", "{}", '"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"',
    "[" * DEEP + "]" * DEEP, '{"a":' * 300 + "1" + "}" * 300, json.dumps(list(range(500))), '[{"year":2009}]',
)  # fmt: skip
"""JSON values, and what only looks like one, as they stand in a text."""

IDS = (
    *TEXTS[1:], "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "ffffffff-ffff-7fff-bfff-ffffffffffff", "00000000-0000-7000-8000-000000000000",
    "01A206E7-D420-7708-B4E8-81BBFC74DE67", "{01a206e7-d420-7708-b4e8-81bbfc74de67}",
    "urn:uuid:01a206e7-d420-7708-b4e8-81bbfc74de67", "01a206e7d4207708b4e881bbfc74de67",
)  # fmt: skip
TIMES = (
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
    "2026-11-01", "2026-11-01T00:00:00", "2026-02-30T00:00:00Z", "2026-11-01T24:00:00Z", "2026-11-01T00:00:60Z",
    "2026-11-01T00:00:00+99:99", "٢٠٢٦-11-01T00:00:00Z", "0", "-62135596800", "1e18", "9" * 30,
)  # fmt: skip
CONTENT_TYPES = (
    *["application/json"] * 40, "application/merge-patch+json", "APPLICATION/JSON ; charset=utf-16", "text/plain", "",
    "application/json, text/html", "multipart/form-data; boundary=x", "/", ";", "application/" + "x" * 2000,
)  # fmt: skip
HEADERS = {
    "if-match": ("*", '"1"', '"0"', 'W/"1"', '"1", "2"', '"99999999999999999999"', "1", '"', '""', '"ÿ"', "x" * 3000),
    "if-none-match": ("*", '"1"', "W/", '"1",,"2"', '"' * 99, "ÿ", ", " * 500),
    "prefer": ("wait=0", "wait", "wait=-1", "wait=1e3", "wait=Ù£", "wait=" + "9" * 300, ";;,,=", "x" * 3000),
    "idempotency-key": ("", " ", "k", "k", "ÿ", "a b", "x" * 255, "x" * 256, "x" * 3000),
    "x-correlation-id": ("", "ÿ", "x" * 65, "x" * 3000, "a\tb", "{}"),
    "authorization": ("", "Bearer", "Basic Og==", "AWS4-HMAC-SHA256 x"),
    "accept": ("text/html", "", "*/*;q=9"),
    "x-http-method-override": ("DELETE",),
}  # fmt: skip
