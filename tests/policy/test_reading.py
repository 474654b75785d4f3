from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.columns import Bin
from fairaudit.core.disclosure import Disclosure, Signature
from fairaudit.core.errors import PolicyError
from fairaudit.core.requirements import CriterionGate, NumberGate, Requirements, Waiver
from fairaudit.policy.document import EXAMPLE, Policy
from fairaudit.policy.reading import parse_policy, read_policy

EXAMPLE_READ = Policy(
    requirements=Requirements(
        criteria=(CriterionGate(criterion="predictive_parity", tolerance=0.1),),
        numbers=(
            NumberGate(number="impact_ratio", relation=">=", limit="0.8", attribute="race"),
        ),
        why="a high score must mean the same risk for everyone",
        min_group=30,
        waivers=(
            Waiver(
                gate="predictive_parity",
                attribute="race",
                owner="Ada Lovelace",
                reason="the new score is being validated",
                expires="2027-01-31",
            ),
        ),
    ),
    study=Requirements(
        numbers=(NumberGate(number="weat-6.effect_size", relation="<=", limit="0.5"),),
        why="names must not say who is hired",
    ),
    label="two_year_recid",
    score="decile_score",
    threshold=5.0,
    favourable="not-selected",
    count="count",
    groups=("race", "race×sex"),
    compare="pairs",
    max_groups=50,
    expect_groups={"race": ("African-American", "Caucasian")},
    bins=(Bin(column="age", edges=(25.0, 45.0)),),
    suppress_below=11,
    disclosure=Disclosure(
        intended_uses=("supervision planning, read by a trained officer",),
        prohibited_uses=("sentencing", "pre-trial detention"),
        contact=("audit@example.org",),
    ),
    signature=Signature(name="Ada Lovelace", role="head of model risk", date="2027-01-15"),
)

CRITERION = "[criterion]\nname = 'predictive_parity'\n"
WAIVER = "[[waivers]]\ngate = 'predictive_parity'\n"
SIGNED = f"{WAIVER}owner = 'Ada'\nreason = 'a trial'\n"


def test_the_documented_example_is_read_as_it_says() -> None:
    assert parse_policy(EXAMPLE, name="example") == EXAMPLE_READ


def test_the_same_policy_may_stand_in_pyproject() -> None:
    lines = []
    for line in EXAMPLE.splitlines():
        nested = (
            line.replace("[[", "[[tool.fairaudit.", 1) if line.startswith("[[") else line
        )
        if line.startswith("[") and not line.startswith("[["):
            nested = line.replace("[", "[tool.fairaudit.", 1)
        lines.append(nested)
    text = "\n".join(["[project]", "name = 'x'", "[tool.fairaudit]", *lines])
    assert parse_policy(text, name="pyproject.toml") == EXAMPLE_READ


def test_an_empty_policy_requires_nothing() -> None:
    assert parse_policy("", name="empty") == Policy()
    assert not Policy().requirements.anything


def test_several_criteria_keep_their_reasons_apart() -> None:
    text = """
    [[criteria]]
    name = "predictive_parity"
    tolerance = 0.1
    why = "one meaning"
    [[criteria]]
    name = "Equal opportunity"
    tolerance = 0.8
    measure = "ratio"
    why = "nobody missed"
    """
    required = parse_policy(text, name="p").requirements
    assert required.criteria == (
        CriterionGate(criterion="predictive_parity", tolerance=0.1),
        CriterionGate(criterion="equal_opportunity", tolerance=0.8, measure="ratio"),
    )
    assert required.why == (
        "predictive_parity: one meaning; Equal opportunity: nobody missed"
    )


def test_one_reason_for_several_criteria_stands_alone() -> None:
    text = "".join(
        f"[[criteria]]\nname = '{name}'\ntolerance = 0.1\nwhy = 'both matter'\n"
        for name in ("predictive_parity", "equal_opportunity")
    )
    assert parse_policy(text, name="p").requirements.why == "both matter"


def test_a_reason_for_one_of_two_criteria_names_its_criterion() -> None:
    text = (
        "[[criteria]]\nname = 'predictive_parity'\ntolerance = 0.1\nwhy = 'one meaning'\n"
        "[[criteria]]\nname = 'equal_opportunity'\ntolerance = 0.1\n"
    )
    why = parse_policy(text, name="p").requirements.why
    assert why == "predictive_parity: one meaning"


STUDY = """
[[gates]]
number = "impact_ratio>=0.8"
why = "the four-fifths rule"
[[gates]]
number = "weat-6.effect_size <= 1/2"
why = "agreed"
[[gates]]
number = "direct_bias<=0.1"
[[waivers]]
gate = "weat-6.effect_size<=1/2"
owner = "Ada"
reason = "a trial"
expires = 2027-01-31
[[waivers]]
gate = "direct_bias"
owner = "Ada"
reason = "a trial"
expires = 2027-01-31
[[waivers]]
gate = "impact_ratio"
owner = "Ada"
reason = "a trial"
expires = 2027-01-31
"""


def test_what_is_asked_of_a_study_is_kept_from_what_is_asked_of_a_table() -> None:
    read = parse_policy(STUDY, name="p")
    assert [gate.text for gate in read.requirements.numbers] == ["impact_ratio>=0.8"]
    assert read.requirements.why == "the four-fifths rule"
    assert [one.gate for one in read.requirements.waivers] == ["impact_ratio"]
    assert [gate.text for gate in read.study.numbers] == [
        "weat-6.effect_size<=1/2",
        "direct_bias<=0.1",
    ]
    assert read.study.why == "weat-6.effect_size <= 1/2: agreed"
    assert [one.gate for one in read.study.waivers] == [
        "weat-6.effect_size<=1/2",
        "direct_bias",
    ]


def test_undecided_is_settled_for_studies_as_well() -> None:
    assert parse_policy("undecided = 'pass'", name="p").study.undecided == "pass"


def test_a_crossing_in_gate_and_waiver_is_named_as_reports_name_it() -> None:
    text = (
        "[[gates]]\nnumber = 'impact_ratio>=4/5'\nattribute = 'race*sex'\n"
        "[[waivers]]\ngate = 'impact_ratio>=4/5'\nattribute = 'race×sex'\n"
        "owner = 'Ada'\nreason = 'a trial'\nexpires = '2027-01-31'\n"
    )
    required = parse_policy(text, name="p").requirements
    assert required.numbers[0].attribute == "race × sex"
    assert required.waivers[0].attribute == "race × sex"


def test_positive_may_be_one_value_or_one_per_column() -> None:
    assert parse_policy("[table]\npositive = 'yes'", name="p").positive == "yes"
    by_column = parse_policy("[table.positive]\nlabel = 'yes'\nmade = 'A'", name="p")
    assert by_column.positive == {"label": "yes", "made": "A"}


def test_expected_groups_may_be_of_one_attribute_or_of_each() -> None:
    assert parse_policy("[groups]\nexpect = ['a']", name="p").expect_groups == ("a",)
    both = parse_policy("[groups.expect]\nsex = ['f']\nrace = ['a', 'b']", name="p")
    assert both.expect_groups == {"sex": ("f",), "race": ("a", "b")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # Unknown keys, at every depth.
        ("criterio = 1", r"^p: 'criterio' is not a key .* Did you mean 'criterion'\?$"),
        (
            "[criterion]\nnmae = 'x'",
            r"^p: \[criterion\]: 'nmae' is not .* Did you mean 'name'",
        ),
        ("[table]\nlabl = 'x'", r"^p: \[table\]: 'labl' .* Did you mean 'label'\?"),
        ("[groups]\nexpected = ['x']", r"\[groups\]: .* Did you mean 'expect'\?"),
        ("[[gates]]\nnumbr = 'x'", r"\[\[gates\]\] no\. 1: 'numbr' .*'number'\?"),
        (f"{SIGNED}expire = 2027-01-31", r"\[\[waivers\]\] no\. 1: 'expire' .*'expires'\?"),
        ("[disclosure]\nintent = 'x'", r"\[disclosure\]: 'intent' is not a key"),
        (
            "[tool.fairaudit.criterion]\nnmae = 'x'",
            r"\[tool\.fairaudit\.criterion\]: 'nmae'",
        ),
        # Types.
        ("criterion = 'x'", r"criterion must be a table, \[criterion\]; got the text 'x'"),
        (
            "criteria = {}",
            r"criteria must be tables, each headed \[\[criteria\]\]; got a table",
        ),
        (
            "waivers = [1]",
            r"waivers must be tables, each headed \[\[waivers\]\]; got the list",
        ),
        ("[criterion]\nname = 3", r"name must be a text in quotes; got 3"),
        ("[table]\npositive = true", r"positive must be a text .* got the boolean true"),
        ("[table]\nthreshold = '5'", r"threshold must be a number; got the text '5'"),
        ("[table]\nthreshold = nan", r"threshold must be a number; got nan"),
        ("[table]\nthreshold = true", r"threshold must be a number; got the boolean true"),
        ("[table]\nlabel = ' '", r"label is empty; fill it in or leave the key out"),
        (
            "[groups]\nattributes = [1]",
            r"attributes must be a list of texts, each in quotes",
        ),
        ("[groups]\nattributes = ['a', 'a']", r"attributes names 'a' twice"),
        ("[groups]\nattributes = ['']", r"attributes holds an empty text"),
        ("[groups]\nmin_group = 0", r"min_group must be a whole number, 1 or more; got 0"),
        ("[groups]\nmin_group = 2.5", r"min_group must be a whole number, .* got 2\.5"),
        ("[groups]\nmax_groups = true", r"max_groups must be .* got the boolean true"),
        ("suppress_below = 1", r"suppress_below must be a whole number, 2 or more; got 1"),
        ("[groups]\nbins = [1]", r"bins must be a table, \[groups\.bins\]; got the list"),
        ("[groups]\nbins = {age = 3}", r"\[groups\.bins\]: age must be a list of numbers"),
        ("[groups]\nbins = {age = [3, 1]}", r"age must be numbers that rise; got \[3"),
        ("[groups]\nbins = {age = []}", r"age must be numbers that rise"),
        ("[groups]\nexpect = {race = 3}", r"\[groups\.expect\]: race must be a list"),
        ("[disclosure]\ncontact = 3", r"\[disclosure\]: contact must be a list of texts"),
        # Choices.
        ("undecided = 'pas'", r"undecided must be 'fail' or 'pass'; got 'pas'.*'pass'\?"),
        ("[table]\nfavourable = 'yes'", r"favourable must be 'selected' or 'not-selected'"),
        ("[groups]\ncompare = 'pair'", r"compare.* Did you mean 'pairs'\?"),
        (f"{CRITERION}tolerance = 0.1\nmeasure = 'ration'", r"measure must be .*'ratio'\?"),
        # Criteria.
        ("[criterion]\ntolerance = 0.1", r"\[criterion\]: name is missing. Say which"),
        (CRITERION, r"\[criterion\]: tolerance is missing\. Say what is still fair"),
        (
            f"{CRITERION}tolerance = 10",
            r"between 0 and 1, both exclusive; got 10\. Write 0\.1",
        ),
        (f"{CRITERION}tolerance = 1", r"between 0 and 1, both exclusive; got 1\."),
        (f"{CRITERION}tolerance = 0.0", r"between 0 and 1, both exclusive; got 0\."),
        (f"{CRITERION}tolerance = -0.1", r"between 0 and 1, both exclusive; got -0\.1"),
        (
            "[criterion]\nname = 'predictive_party'\ntolerance = 0.1",
            r"'predictive_party' is not known.*Did you mean 'predictive_parity'\?",
        ),
        (
            f"{CRITERION}tolerance = 0.1\n[[criteria]]\nname = 'x'",
            r"\[criterion\] and \[\[criteria\]\] are both there",
        ),
        (
            2 * "[[criteria]]\nname = 'predictive_parity'\ntolerance = 0.1\n",
            r"\[\[criteria\]\] no\. 2: predictive_parity by difference stands there",
        ),
        # Gates.
        ("[[gates]]\nattribute = 'sex'", r"\[\[gates\]\] no\. 1: number is missing"),
        ("[[gates]]\nnumber = 'impact_ratio>=80%'", r"no\. 1: .*Write 0\.8 for 80 %"),
        (
            "[[gates]]\nnumber = 'race:impact_ratio>=0.8'\nattribute = 'sex'",
            r"number is about 'race' and attribute about 'sex'",
        ),
        (
            (
                "[[gates]]\nnumber = 'impact_ratio>=0.8'\n"
                "[[gates]]\nnumber = 'impact_ratio >= 0.8'"
            ),
            r"\[\[gates\]\] no\. 2: impact_ratio>=0\.8 stands there already",
        ),
        (
            "[[gates]]\nnumber = 'weat-6.effect_size<0.5'",
            r"no\. 1: gate: 'weat-6\.effect_size<0\.5' cannot be read",
        ),
        (
            "[[gates]]\nnumber = 'weat-6.effect_size<=0.5'\nattribute = 'sex'",
            r"no\. 1: attribute stands beside a number of a study",
        ),
        (
            2 * "[[gates]]\nnumber = 'direct_bias<=0.1'\n",
            r"direct_bias<=0\.1 stands there already",
        ),
        # Waivers.
        ("[[waivers]]\nowner = 'Ada'", r"\[\[waivers\]\] no\. 1: gate is missing"),
        (
            f"{WAIVER}reason = 'x'\nexpires = 2027-01-31",
            r"owner is missing\. A waiver needs somebody",
        ),
        (f"{WAIVER}owner = 'Ada'\nexpires = 2027-01-31", r"reason is missing\. Say why"),
        (SIGNED, r"expires is missing\. A waiver ends some day"),
        (f"{SIGNED}expires = '2027-02-30'", r"expires must be a day .* '2027-02-30'"),
        (f"{SIGNED}expires = 'never'", r"expires must be a day .* got the text 'never'"),
        (f"{SIGNED}expires = 2027", r"expires must be a day .* got 2027"),
        (
            f"{SIGNED}expires = 2027-01-31T10:00:00",
            r"expires must be a day .* got 2027-01-31T",
        ),
        (
            2 * f"{SIGNED}expires = 2027-01-31\n",
            r"\[\[waivers\]\] no\. 2: a waiver of predictive_parity stands there already",
        ),
        (
            f"{SIGNED}expires = 2027-01-31".replace("parity", "party"),
            r"\[\[waivers\]\] no\. 1: .*Did you mean 'predictive_parity'\?",
        ),
        # Two columns for one thing.
        (
            "[table]\ncount = 'n'\nweight = 'w'",
            r"\[table\]: count and weight are both there",
        ),
        ("[tool.other]\nx = 1", r"there is no \[tool\.fairaudit\] in it"),
        ("tool = 1", r"tool must be a table"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_a_remedy(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message) as caught:
        parse_policy(text, name="p")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("p: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = [", r"not valid TOML: Invalid value \(at line 1\)"),
        ("a = 1\nb = \nc = 2", r"at line 2, column 5"),
        ("a = 1\na = 2\n", r"Something is set twice \(at line 2"),
        ("d = 2027-02-30", r"Invalid date or datetime \(at line 1"),
        ("x = " + "[" * 100_000, r"nested too deeply"),
        ("x = " + "9" * 5_000, r"too many digits"),
        ("a = '\x00'", r"not valid TOML: .*line 1"),
        ("{'a': 1}", r"policies are TOML, and this is JSON"),
        ("criterion: predictive_parity\n", r"policies are TOML, and this is YAML"),
        ("# hello\n---\nx: [1]\n", r"policies are TOML, and this is YAML"),
        ("- a\n- b\n", r"policies are TOML, and this is YAML"),
        ("m: !!python/object/apply:os.system ['touch X']", r"this is YAML"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line_or_kind(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        parse_policy(text, name="p")


def test_yaml_is_refused_by_name_whatever_it_holds(tmp_path: Path) -> None:
    for name in ("policy.yaml", "policy.YML"):
        (tmp_path / name).write_text(EXAMPLE, "utf-8")
        with pytest.raises(PolicyError, match="policies are TOML, and this is YAML"):
            read_policy(tmp_path / name)


def test_a_policy_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes(b"\xef\xbb\xbf" + EXAMPLE.encode())
    assert read_policy(tmp_path / "p.toml") == EXAMPLE_READ


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a = 'x'\nb = 'é'".encode("latin-1"), r"line 2: not UTF-8 \(byte 0xe9\)"),
        ("a = 'x'".encode("utf-16"), r"line 1: not UTF-8 \(byte 0xff\)"),
        (b"#" * (1024 * 1024 + 1), r"larger than 1 MiB, so no policy"),
    ],
)
def test_a_file_that_is_no_policy_is_refused(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "p.toml").write_bytes(content)
    with pytest.raises(PolicyError, match=message):
        read_policy(tmp_path / "p.toml")


def test_a_missing_file_a_directory_and_a_name_with_nul_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"nowhere\.toml: no such file"):
        read_policy(tmp_path / "nowhere.toml")
    with pytest.raises(PolicyError, match="this is a directory"):
        read_policy(tmp_path)
    with pytest.raises(PolicyError, match="it cannot be read: embedded null byte"):
        read_policy("a\x00.toml")
    with pytest.raises(PolicyError, match="it cannot be read: Not a directory"):
        read_policy(Path(os.devnull, "p.toml"))


def assert_read_or_refused(text: str) -> None:
    try:
        read: object = parse_policy(text, name="p")
    except PolicyError as error:
        read = error
    assert isinstance(read, Policy) or str(read).startswith("p: ")


@given(st.text(max_size=200))
def test_no_text_at_all_ends_in_anything_but_a_policy_or_a_policy_error(text: str) -> None:
    assert_read_or_refused(text)


TOML_VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "0.5",
        "nan",
        "inf",
        "true",
        "''",
        "'x'",
        "[]",
        "['x']",
        "[[1]]",
        "{}",
        "{x = 1}",
        "2027-01-31",
        "10:00:00",
        "[{}]",
    ]
)
KEYS = st.sampled_from(
    [
        "criterion",
        "criteria",
        "gates",
        "waivers",
        "table",
        "groups",
        "disclosure",
        "tool",
        "undecided",
        "suppress_below",
        "name",
        "tolerance",
        "number",
        "gate",
        "expires",
    ]
)


@given(st.dictionaries(KEYS, TOML_VALUES), KEYS, st.dictionaries(KEYS, TOML_VALUES))
def test_no_document_ends_in_anything_but_a_policy_or_a_policy_error(
    top: dict[str, str], table: str, inside: dict[str, str]
) -> None:
    lines = [f"{key} = {value}" for key, value in top.items() if key != table]
    lines += [f"[{table}]", *(f"{key} = {value}" for key, value in inside.items())]
    assert_read_or_refused("\n".join(lines))
