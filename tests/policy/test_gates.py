from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.core.requirements import NumberGate
from fairaudit.policy.gates import parse_number_gate, table_name
from fairaudit.policy.numbers import plain_numbers


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        (
            "impact_ratio>=0.8",
            NumberGate(number="impact_ratio", relation=">=", limit="0.8"),
        ),
        (
            " race : impact_ratio >= 4/5 ",
            NumberGate(number="impact_ratio", relation=">=", limit="4/5", attribute="race"),
        ),
        (
            "equalized_odds_difference<=.1",
            NumberGate(number="equalized_odds_difference", relation="<=", limit=".1"),
        ),
        # An attribute may look like a gate itself.
        (
            "a:b>=c:true_positive_rate_ratio>=1",
            NumberGate(
                number="true_positive_rate_ratio",
                relation=">=",
                limit="1",
                attribute="a:b>=c",
            ),
        ),
        (
            "race×sex:impact_ratio>=0.80",
            NumberGate(
                number="impact_ratio", relation=">=", limit="0.80", attribute="race × sex"
            ),
        ),
    ],
)
def test_a_gate_is_read_and_its_limit_kept_as_written(text: str, gate: NumberGate) -> None:
    assert parse_number_gate(text) == gate


@given(
    st.sampled_from(sorted(plain_numbers())),
    st.fractions(0, 1, max_denominator=1000),
    st.sampled_from([None, "race", "race × sex", "über", "a b"]),
)
def test_every_known_number_can_be_gated_and_written_back(
    name: str, limit: Fraction, attribute: str | None
) -> None:
    relation = ">=" if plain_numbers()[name].kind == "ratio" else "<="
    where = f"{attribute}:" if attribute else ""
    gate = parse_number_gate(f"{where}{name}{relation}{limit}")
    assert Fraction(gate.limit) == limit
    assert parse_number_gate(gate.text) == gate


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("impact_ratio", r"'impact_ratio' cannot be read\. Write NUMBER>=LIMIT"),
        ("", r"'' cannot be read"),
        ("impact ratio>=0.8", r"cannot be read"),
        ("impat_ratio>=0.8", r"'impat_ratio' is not known.*Did you mean 'impact_ratio'\?"),
        ("impact_ratio<=0.8", r"must be with >=, because a ratio is fairer the larger"),
        ("impact_ratio>0.8", r"must be with >=.* Write impact_ratio>=0\.8\."),
        ("impact_ratio=0.8", r"must be with >="),
        ("base_rate_difference>=0.1", r"must be with <=, because a difference .* smaller"),
        ("impact_ratio>=80", r"must lie between 0 and 1.* Write 0\.8 for 80 %"),
        ("impact_ratio>=-0.8", r"must lie between 0 and 1"),
        ("impact_ratio>=5/4", r"must lie between 0 and 1"),
        ("impact_ratio>=80%", r"not a number such as 0\.8 or 4/5\. Write 0\.8 for 80 %"),
        ("impact_ratio>=1/0", r"not a number such as"),
        ("impact_ratio>=nan", r"not a number such as"),
        ("impact_ratio>=1e-1", r"not a number such as"),
        ("impact_ratio>=0,8", r"not a number such as"),
        ("impact_ratio>=0." + "9" * 6_000, r"not a number such as"),
        ("conditional_demographic_parity_ratio>=0.8", r"is not known"),
    ],
)
def test_what_cannot_be_a_gate_is_refused_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_number_gate(text)


def test_a_crossing_is_named_as_reports_name_its_table() -> None:
    assert table_name("race*sex*age") == table_name(" race ×sex× age") == "race × sex × age"
