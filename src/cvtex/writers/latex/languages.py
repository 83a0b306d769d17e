"""Babel's names for languages, by BCP 47 tag (babel manual, 1.3 and the list of .ldf files)."""

from __future__ import annotations

_BABEL = {
    "bg": "bulgarian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "ngerman",
    "de-at": "naustrian",
    "de-ch": "nswissgerman",
    "el": "greek",
    "en": "english",
    "en-au": "australian",
    "en-gb": "british",
    "en-nz": "newzealand",
    "en-us": "american",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "gl": "galician",
    "hr": "croatian",
    "hu": "magyar",
    "is": "icelandic",
    "it": "italian",
    "la": "latin",
    "nb": "norsk",
    "nl": "dutch",
    "nn": "nynorsk",
    "no": "norsk",
    "pl": "polish",
    "pt": "portuguese",
    "pt-br": "brazilian",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}


def babel_name(tag: str) -> str:
    """Return Babel's name for a language; for one that it does not know, English, its default."""
    lower = tag.lower()
    return _BABEL.get(lower) or _BABEL.get(lower.split("-")[0]) or "english"
