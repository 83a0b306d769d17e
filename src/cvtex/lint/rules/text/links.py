"""Addresses in texts: those that are not linked, and links that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from cvtex.diagnostics.diagnostic import Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse, covered
from cvtex.publications.addresses import resource_of
from cvtex.readers.yaml.nodes import keys_at
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_LINK = lazy_re(
    r"(?<!\\)\[(?P<text>[^\[\]]+)\](?:\(\s*<?(?P<address>(?:[^\s()<>]|\([^\s()]*\))+)>?[^()]*\)"
    r"|\[(?P<name>[^\[\]\n]+)\])"
)
_ANGLED = lazy_re(r"<[^<>\s]+>")
_ADDRESS = lazy_re(
    r"(?<![\w@/.:<\"'={-])(?<!\]\()(?<!\] \()"
    r"(?:(?P<long>https?://[^\s<>\"`\\{}|\0]+)|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![@\w]))"
)
_LAST = lazy_re(r"[\w/=#~)\]]")
_GENITIVE = lazy_re(r"['’]s\Z")
_CITED = lazy_re(r"\[(?=@)")
_HOST = r"(?:[a-z0-9][a-z0-9-]*\.)+"
_WITHOUT_SCHEME = lazy_re(
    r"(?<![\w@/.:<\"'={\\-])(?<!\]\()(?<!\] \()(?:"
    rf"www\.{_HOST}[a-z]{{2,}}"
    rf"|(?=[a-z0-9-]{{2,}}\.){_HOST}(?:com|org|edu|gov|info|eu|de|fr|uk|ch|nl|es|pl|se|dk|fi|ca|au"
    r"|cn|jp|br|us)(?=/)"
    r"|[a-z0-9-]{2,}\.[a-z0-9-]{2,}\.(?:io|net|ai|dev|app|at|it|be|me)(?=/)"
    r")(?![\w@-]|\.\w)(?:/(?:[^\s<>\"'`\\{}|()\[\]]*[\w/=#~])?)?+(?![(\[])"
)
"""An address without its scheme; without "www." it needs a path, or it may be a name."""
_WHOLE_ADDRESS = lazy_re(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*")


@rule("CV239", Severity.INFO, fix=Safety.SAFE)
def unlinked_address(context: LintContext) -> RuleFindings:
    """An address is typed in a text but is not a link.

    It cannot be clicked; a long one cannot be broken at the end of a line
    either. In angle brackets it becomes a link that shows the address. One that is typed without
    "https://", such as "www.example.org", needs the whole address behind its text.

    Bad:

    ```yaml
    body: The slides are at https://example.org/slides.
    ```

    Good:

    ```yaml
    body: The slides are at <https://example.org/slides>.
    ```

    Fix: puts the address in angle brackets. The page reads the same, so this is safe. Where
    "https://" is missing, it is put into the link; this is unsafe, since the host may not have it.
    """
    for prose in context.texts:
        found = list(_addresses(prose))
        is_linked = found and "url" in keys_at(context.project.root, prose.path[:-1])
        yield from () if is_linked else found


def _addresses(prose: CvProse) -> Iterator[Finding]:
    """Yield the addresses in a text that are not links."""
    text = covered(_LINK, covered(_ANGLED, prose.outside_code))
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match["long"]) if match["long"] else match[0]
        if not address.endswith("//"):
            place = match.start(), match.start() + len(address)
            target = address if "://" in address else f"mailto:{address}"
            hint = f"write `<{address}>`, or `[text]({target})`"
            yield _unlinked(prose, place, f"<{address}>", hint, Safety.SAFE)
    for match in _WITHOUT_SCHEME.finditer(text):
        written = f"[{match[0]}](https://{match[0]})"
        yield _unlinked(prose, match.span(), written, f"write `{written}`", Safety.UNSAFE)


def _trimmed(address: str) -> str:
    """Return an address without the marks behind it, up to the first bracket it does not open.

    Brackets in pairs are part of it, as in GitHub's Markdown; a citation is not.
    """
    address = _CITED.split(address)[0]
    end = _unopened(address)
    while end:
        is_genitive = _GENITIVE.search(address[:end])
        if not is_genitive and _LAST.match(address, end - 1):
            break
        end -= 2 if is_genitive else 1
    return address[:end]


def _unopened(address: str) -> int:
    """Return the place of the first bracket that closes none before it, else the end."""
    opened: list[str] = []
    for at, sign in enumerate(address):
        if sign in "([":
            opened.append(")" if sign == "(" else "]")
        elif sign in ")]" and (not opened or opened.pop() != sign):
            return at
    return len(address)


def _unlinked(
    prose: CvProse, place: tuple[int, int], written: str, hint: str, safety: Safety
) -> Finding:
    message = f"`{prose.text.value[slice(*place)]}` is not a link"
    fix = prose.fix(*place, written, "make it a link", safety)
    return Finding(message, prose.text.place(*place), hint, fix=fix)


@rule("CV240")
def misleading_link(context: LintContext) -> RuleFindings:
    """A link shows one address and leads to another.

    Who reads the printed page follows the address that is shown, who clicks follows the other: one
    of them is out of date. Only the host is compared where the text shows a part of the address.

    Bad:

    ```yaml
    body: See [https://example.org/new](https://example.com/old).
    ```

    Good:

    ```yaml
    body: See [https://example.org/new](https://example.org/new).
    ```
    """
    names = context.project.cv.links
    for prose in context.texts:
        for shown, place, address in _links(prose, names):
            if _differ(shown, address):
                yield Finding(
                    f"this link shows `{shown}` and leads to `{address}`",
                    prose.text.place(*place),
                    "show the address it leads to, or a text that is not an address",
                )


def _links(prose: CvProse, names: Mapping[str, Text]) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Yield the links of a text that show an address: what they show, where, and their address."""
    for match in _LINK.finditer(prose.outside_code):
        named = names.get(match["name"] or "")
        address = match["address"] or (named and named.value.strip())
        shown = match["text"].strip()
        if address and _WHOLE_ADDRESS.fullmatch(shown):
            yield shown, match.span("text"), address


def _differ(shown: str, address: str) -> bool:
    """Return whether a shown address is another one, and not a shorter form of the same."""
    if not address.startswith(("http://", "https://")):
        return False
    whole = shown if "://" in shown else f"https://{shown}"
    try:
        first, second = (urlsplit(one.lower()) for one in (whole, address))
    except ValueError:
        return False
    hosts = sorted((one.netloc.removeprefix("www.") for one in (first, second)), key=len)
    is_part = resource_of(address.lower()).startswith(resource_of(whole.lower()).rstrip("…."))
    return not f".{hosts[1]}".endswith(f".{hosts[0]}") or ("://" in shown and not is_part)
