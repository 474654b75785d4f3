from __future__ import annotations

import json
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, hypergeom
from statsmodels.stats.proportion import proportions_ztest

import fairaudit
from fairaudit.core.errors import InputError
from fairaudit.practices.categories import Category, highest
from fairaudit.practices.four_fifths import compare_category, four_fifths, four_fifths_of

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "four_fifths_example.json").read_text()
)


def hired(groups: dict[str, tuple[int, int]]) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = {"group": [], "prediction": [], "people": []}
    for name, (selected, people) in groups.items():
        for decision, count in ((1, selected), (0, people - selected)):
            columns["group"].append(name)
            columns["prediction"].append(decision)
            columns["people"].append(count)
    return columns


def part_of(groups: dict[str, tuple[int, int]], **options: object) -> object:
    data = hired(groups)
    report = fairaudit.audit(data, groups="group", count="people", **options)  # type: ignore[arg-type]
    return report.parts[0]


# Questions and Answers on the Uniform Guidelines (1979), answer 12: rates of 60, 45, 48
# and 51 % give ratios of 1, .75, .80 and .85, and only .75 is below four fifths.
def test_the_agencies_own_example_is_reproduced() -> None:
    example = REFERENCE["example"]
    people = {name: (rate, 100) for name, rate in example["hiring_rate_percent"].items()}
    part = part_of(people)
    found = {one.category.name: one for one in four_fifths_of(part.tables[0], part)}
    for name, ratio in example["impact_ratio"].items():
        assert found[name].impact_ratio == pytest.approx(ratio, abs=1e-12)
    below = [name for name, one in found.items() if one.below]
    assert below == example["adverse_impact_indicated"]


@pytest.mark.parametrize(
    ("selected", "written"), [(46_875, "0.781"), (47_999, "0.799983"), (48_000, "0.800")]
)
def test_a_ratio_is_rounded_but_not_up_to_four_fifths(selected: int, written: str) -> None:
    people = {"a": (60_000, 100_000), "b": (selected, 100_000)}
    page = fairaudit.audit(
        hired(people), groups="group", count="people", practices="four_fifths"
    ).to_json()
    assert f'"{written}"' in page


@pytest.mark.parametrize("case", REFERENCE["exact_four_fifths_counts"])
def test_exactly_four_fifths_is_not_below(case: dict[str, int]) -> None:
    found = compare_category(
        Category(name="a", people=case["n_a"], favoured=case["selected_a"]),
        Category(name="b", people=case["n_b"], favoured=case["selected_b"]),
        everybody=case["n_a"] + case["n_b"],
    )
    assert found.below is case["below_four_fifths"]
    assert found.persons_short == 0


counts = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(
    lambda pair: (min(pair), max(pair))
)


@given(counts, counts)
def test_persons_short_are_as_many_as_it_takes(
    one: tuple[int, int], best: tuple[int, int]
) -> None:
    (s, n), (top, of) = one, best
    found = compare_category(
        Category(name="a", people=n, favoured=s),
        Category(name="b", people=of, favoured=top),
        everybody=n + of,
    )
    needed = found.persons_short
    assert 5 * (s + needed) * of >= 4 * top * n
    if needed:
        assert 5 * (s + needed - 1) * of < 4 * top * n
    assert needed == max(0, ceil(round(4 * top * n / (5 * of) - s, 9)))


@given(counts, counts)
def test_tests_agree_with_scipy_and_statsmodels(
    one: tuple[int, int], best: tuple[int, int]
) -> None:
    (s, n), (top, of) = one, best
    found = compare_category(
        Category(name="a", people=n, favoured=s),
        Category(name="b", people=of, favoured=top),
        everybody=n + of,
    )
    table = [[s, n - s], [top, of - top]]
    seen = hypergeom(n + of, s + top, n)
    equally = sum(
        seen.pmf(k)
        for k in range(max(0, s + top - of), min(n, s + top) + 1)
        if seen.pmf(k) == pytest.approx(seen.pmf(s), rel=1e-7)
    )
    mid = fisher_exact(table).pvalue - equally / 2
    assert found.fisher_mid_p == pytest.approx(mid, abs=1e-9)
    if found.z is not None:
        z, _ = proportions_ztest([top, s], [of, n])
        assert found.z == pytest.approx(z)


def test_one_decision_can_reverse_a_finding_of_few_people() -> None:
    found = compare_category(
        Category(name="a", people=20, favoured=7),
        Category(name="b", people=80, favoured=36),
        everybody=100,
    )
    assert found.below
    assert found.reversed_by_one


def test_a_tiny_group_cannot_be_the_reference() -> None:
    categories = (
        Category(name="tiny", people=3, favoured=3),
        Category(name="large", people=500, favoured=250),
        Category(name="other", people=400, favoured=120),
    )
    best = highest(categories)
    assert best is not None
    assert best.name == "large"


def test_where_a_positive_prediction_harms_the_favourable_outcome_is_the_other() -> None:
    part = part_of({"a": (60, 100), "b": (20, 100)}, favourable="not-selected")
    found = {one.category.name: one for one in four_fifths_of(part.tables[0], part)}
    assert found["a"].below
    assert found["a"].category.favoured == 40


def test_the_study_says_what_it_is_not() -> None:
    study = four_fifths(part_of({"a": (60, 100), "b": (20, 100)}), today="2026-01-02")
    told = json.dumps([note.text for note in study.notes])
    assert "This is not legal advice" in told
    assert "2026-01-02" in study.subject
    assert study.verdicts == ()


def test_nobody_selected_is_no_ratio_and_says_so() -> None:
    study = four_fifths(part_of({"a": (0, 10), "b": (0, 10)}), today="2026-01-02")
    assert study.findings == ()
    assert any("there is no ratio" in note.text for note in study.notes)


def test_survey_weights_are_refused() -> None:
    data = hired({"a": (60, 100), "b": (20, 100)})
    with pytest.raises(InputError, match="survey weights are none"):
        fairaudit.audit(data, groups="group", weight="people", practices="four-fifths")
