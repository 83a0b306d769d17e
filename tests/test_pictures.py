"""The pictures in the documentation show what cvtex prints today; `make goldens` renews them."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.publications.styles.registry import style_names
from cvtex.tex.find import find_engine

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/images"
SCALE = 80 / 72
"""80 dots to the inch."""

LIST = (50, 115, 612, 222)
"""Where the list stands on the page: left, upper, right, lower, in dots."""

TOLERANCE = 2.0
"""Mean difference of the grey values (0 to 255): renderers differ a little, pages a lot."""


STYLES = style_names()


def pages_of(cv: Path, folder: Path, *values: tuple[str, str]) -> list[Image.Image]:
    """The pages of a CV as pictures, made with the engine that every machine can have."""
    if find_engine("tinytex") is None:
        pytest.skip("the embedded TinyTeX is not installed, with which the pictures were made")
    overrides = Overrides(values=(("engine", "tinytex"), *values))
    target = folder / "cv.pdf"
    assert build_cv(Request(cv, target, overrides=overrides)).ok
    document = pypdfium2.PdfDocument(target)
    return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]


def assert_fresh(picture: Image.Image, path: Path) -> None:
    if os.environ.get("CVTEX_ACCEPT"):
        path.parent.mkdir(exist_ok=True)
        picture.quantize(64).save(path, optimize=True)
    shown = Image.open(path).convert("RGB")
    assert shown.size == picture.size
    difference = ImageStat.Stat(ImageChops.difference(shown.convert("L"), picture.convert("L")))
    assert difference.mean[0] < TOLERANCE


def test_the_page_in_the_readme_is_up_to_date(tmp_path: Path) -> None:
    page, *_ = pages_of(ROOT / "cv.yaml", tmp_path, ("date", "2024-11-01"))
    assert_fresh(page, IMAGES / "classic-1.png")


@pytest.mark.parametrize("style", STYLES)
def test_the_picture_of_a_style_is_up_to_date(style: str, tmp_path: Path) -> None:
    cv = ROOT / "tests/cases/pictures/cv.yaml"
    page, *_ = pages_of(cv, tmp_path, ("bibliography.style", style))
    assert_fresh(page.crop(LIST), IMAGES / f"style-{style}.png")
