"""Names with a spelling of their own, and degrees that are spelt in two ways."""

from __future__ import annotations

from collections import Counter, defaultdict

from cvtex.diagnostics.diagnostic import Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.prose import matches
from cvtex.lint.rules.shared import instead
from cvtex.support.lazy_re import lazy_re

_NAMES = {
    name.lower(): name
    for name in (
        "arXiv ArcGIS AutoCAD BibTeX BigQuery bioRxiv ChatGPT COMSOL CUDA DeepMind DevOps"
        " GitHub GitLab GraphQL JavaScript jQuery JSON LabVIEW LinkedIn macOS MATLAB MongoDB MySQL"
        " NeurIPS NumPy OpenAI OpenCV OpenGL OpenMP PhD PhDs PostgreSQL PowerPoint PyTorch"
        " QGIS ResearchGate SciPy SQLite TensorFlow TypeScript WordPress XGBoost YouTube"
    ).split()
}
"""Well-known names by their letters in lower case."""

_ALSO_RIGHT = frozenset("ArXiv BioRxiv MacOS".split())
"""Spellings that stand at the start of a sentence, or that the owner of the name used too."""

_WORD = lazy_re(r"(?<![\w./@:#_-])[A-Za-z]{3,}(?![\w/@]|\.\w)")
_DEGREE = lazy_re(r"(?<![\w.])(?P<core>Ph\. ?D\b|Ph ?D\b|PHD\b|PH\.D\b|ph\.?d\b)\.?")
"""The name of the doctorate; without dots inside, a dot behind it ends the sentence."""


@rule("CV236", Severity.INFO, fix=Safety.UNSAFE)
def misspelt_name(context: LintContext) -> RuleFindings:
    """The name of a program, a site or a conference is spelt with the wrong capitals.

    Readers in the field notice "Github" and "Pytorch", and filters that look for the name may not
    find it. Names all in small letters, as packages are called, and all in capitals, as in
    headings, are not reported.

    Bad:

    ```yaml
    items: [Pytorch, Github, Matlab]
    ```

    Good:

    ```yaml
    items: [PyTorch, GitHub, MATLAB]
    ```

    Fix: writes the name as its owner does. This is unsafe, since a title may have it otherwise.
    """
    for prose, match in matches(context.texts, _WORD):
        right = _right(prose, match[0])
        if right:
            message = f"`{match[0]}` is spelt `{right}`"
            yield instead(prose, match.span(), message, right, Safety.UNSAFE)


def _right(prose: CvProse, word: str) -> str | None:
    """Return the right spelling of a name with wrong capitals."""
    if word == "Latex" and "items" in prose.path:
        return "LaTeX"
    right = _NAMES.get(word.lower())
    is_wrong = word != right and word not in _ALSO_RIGHT
    return right if is_wrong and not word.islower() and not word.isupper() else None


@rule("CV237", Severity.INFO, fix=Safety.UNSAFE)
def mixed_degree_spelling(context: LintContext) -> RuleFindings:
    """The doctorate is spelt in two ways: "PhD" here, "Ph.D." there.

    Both are right; a CV that has both looks as if it was put together from pieces. The spelling
    that occurs less often in a language is pointed out.

    Bad:

    ```yaml
    headline: PhD student in a Ph.D. programme for Ph.D. students
    ```

    Good:

    ```yaml
    headline: Ph.D. student in a Ph.D. programme for Ph.D. students
    ```

    Fix: writes it as most places of the CV have it. This is unsafe, since it may stand in a name.
    """
    found: dict[str, list[tuple[CvProse, int, str]]] = defaultdict(list)
    for prose, match in matches(context.texts, _DEGREE):
        written = match[0] if "." in match["core"] else match["core"]
        found[prose.base_language].append((prose, match.start(), written))
    for places in found.values():
        ((usual, _),) = Counter(written for *_, written in places).most_common(1)
        for prose, start, written in places:
            if written != usual:
                yield _degree(prose, start, written, usual)


def _degree(prose: CvProse, start: int, written: str, usual: str) -> Finding:
    place = start, start + len(written)
    ends_text = written.endswith(".") and place[1] == len(prose.plain.rstrip())
    fix = prose.fix(*place, usual, f"write `{usual}`", Safety.UNSAFE)
    return Finding(
        f"`{written}` is spelt `{usual}` elsewhere in the CV",
        prose.text.place(*place),
        f"write `{usual}`, or change the others",
        fix=None if ends_text else fix,
    )
