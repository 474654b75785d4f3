from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.report.formats import formats, renderer_for
from fairaudit.report.renderers import console, json
from tests.report.golden import compas


@pytest.mark.parametrize("name", ["console", ".txt", "CONSOLE", ".TXT"])
def test_a_renderer_is_found_by_format_or_suffix(name: str) -> None:
    assert renderer_for(name).render is console.render


def test_each_suffix_belongs_to_one_format() -> None:
    suffixes = [suffix for one in formats().values() for suffix in one.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))
    assert renderer_for(".json").render is json.render


def test_a_format_is_called_as_its_module() -> None:
    assert [one.FORMAT for one in formats().values()] == list(formats())


@pytest.mark.parametrize("name", formats())
def test_every_renderer_takes_a_width_and_gives_lines(name: str) -> None:
    text = renderer_for(name).render(compas(), width=100, color=False)
    assert text.endswith("\n")
    assert text.encode("utf-8")


@pytest.mark.parametrize("name", formats())
def test_every_renderer_shows_a_sample_of_its_output(name: str) -> None:
    assert "::\n\n    " in (renderer_for(name).__doc__ or "")


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"console, csv, .*Did you mean 'json'\?"):
        renderer_for("jsn")
