"""The pictures in the documentation show what cvtex prints today; `make goldens` renews them."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from cvtex.pipeline.build import build
from cvtex.pipeline.request import Request
from cvtex.project.overlays import Overrides
from cvtex.tex.find import embedded_engine

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/images"
SCALE = 80 / 72
"""80 dots to the inch."""

TOLERANCE = 2.0
"""Mean difference of the grey values (0 to 255): renderers differ a little, pages a lot."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    if embedded_engine() is None:
        pytest.skip("the embedded TinyTeX is not installed, with which the pictures were made")
    target = tmp_path_factory.mktemp("pictures") / "cv.pdf"
    overrides = Overrides(values=(("engine", "tinytex"), ("date", "2024-11-01")))
    assert build(Request(ROOT / "cv.yaml", target, overrides=overrides)).ok
    document = pypdfium2.PdfDocument(target)
    return [page.render(scale=SCALE, grayscale=False).to_pil().convert("RGB") for page in document]


@pytest.mark.parametrize("number", [1])
def test_the_picture_of_a_page_is_up_to_date(pages: list[Image.Image], number: int) -> None:
    page, path = pages[number - 1], IMAGES / f"classic-{number}.png"
    if os.environ.get("CVTEX_ACCEPT"):
        IMAGES.mkdir(exist_ok=True)
        page.quantize(64).save(path, optimize=True)
    shown = Image.open(path).convert("RGB")
    assert shown.size == page.size
    difference = ImageStat.Stat(ImageChops.difference(shown.convert("L"), page.convert("L")))
    assert difference.mean[0] < TOLERANCE
