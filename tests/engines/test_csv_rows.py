from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines.csv_rows import count_records

FIELD = st.text(alphabet='ab,"\n\r é', max_size=6)
RECORDS = st.lists(st.lists(FIELD, min_size=2, max_size=3), max_size=12)


@given(RECORDS, st.sampled_from(["\n", "\r\n"]), st.integers(1, 9), st.booleans())
def test_records_are_counted_whatever_their_fields_hold_and_wherever_a_chunk_ends(
    records: list[list[str]], end: str, size: int, keep_last_end: bool
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(records)
    stored = text.getvalue().encode()
    if not keep_last_end:
        stored = stored.removesuffix(end.encode())
    chunks = [stored[place : place + size] for place in range(0, len(stored), size)]
    assert count_records(chunks) == len(records)


def test_blank_lines_are_no_records() -> None:
    assert count_records([b"\n\na,b\n\n\n1,2\r\n\r\n", b"\n3,4"]) == 3
