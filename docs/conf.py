"""How the documentation is built: `sphinx-build -W docs build/docs`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent

sys.path.insert(0, str(HERE / "extensions"))

from fairaudit.core.version import __version__  # noqa: E402

project = "fairaudit"
author = "the fairaudit authors"
copyright = "2026, the fairaudit authors"  # noqa: A001 - the name Sphinx asks for
version = release = __version__

extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "sphinxcontrib.bibtex",
    "generated",
]
exclude_patterns = ["build", "images"]

# Notebooks stand at the root, where people look for them, without outputs. They are
# executed once, here; what they showed is kept and used again while they are unchanged.
NOTEBOOKS = HERE / "notebooks"
NOTEBOOKS.mkdir(exist_ok=True)
for _stale in NOTEBOOKS.glob("*.ipynb"):
    if not (ROOT / "notebooks" / _stale.name).exists():
        _stale.unlink()
for _notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
    shutil.copyfile(_notebook, NOTEBOOKS / _notebook.name)
nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "build" / "notebooks")
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_merge_streams = True

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autosummary_generate = True
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"

html_theme = "furo"
html_title = f"fairaudit {__version__}"
html_copy_source = False
html_show_sourcelink = False

# The mathematics of the guide is loaded from a network by default; readers may have none.
suppress_warnings = ["mystnb.unknown_mime_type"]
