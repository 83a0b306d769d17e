"""The folders where themes are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MANIFEST = "theme.yaml"


def theme_folders(cv_folder: Path) -> Iterator[Path]:
    """Yield the folders of themes: the CV's own `templates`, then the one that comes with cvtex."""
    yield cv_folder / "templates"
    yield own_themes()


def own_themes() -> Path:
    """Return the folder of the themes that come with cvtex."""
    package = Path(__file__).parents[1]
    checkout = package.parents[1] / "templates"
    return checkout if checkout.is_dir() else package / "templates"


def candidates(name: str, cv_folder: Path) -> Iterator[Path]:
    """Yield the folders that a name may mean, or a path, which has a slash."""
    if "/" in name:
        yield cv_folder / name
    yield from (folder / name for folder in theme_folders(cv_folder))
