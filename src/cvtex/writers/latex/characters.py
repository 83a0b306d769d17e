"""The repertoire of the 8-bit engine, and the commands for single symbols.

pdfTeX sets text in the T1 and TS1 encodings. The repertoire below is what LaTeX's `t1enc.dfu`
declares, and the part of TS1 that every text font has (LaTeX's `textcomp`, subset 9 and up).
"""

from __future__ import annotations

import re

from cvtex.support.lazy_re import lazy_re

_T1 = (
    " ¡£«\xad»¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŊŋŌōŎŏŐőŒœŔŕŖŗŘř"
    "ŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžǍǎǏǐǑǒǓǔǦǧǨǩǪǫǰǴǵȘșȚțȲȳȷ"
    "ḂḃḍḞḟḥḰḱḷẎẏṃṅṇṛṣṭẐẑẞỲỳ–—‘’‚“”„‹›"
)
_TS1 = "¢¤¥¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾×÷†‡•…‰™€ƒ"

_NAMES = (
    "leq geq leq geq neq approx equiv sim simeq cong ll gg lesssim gtrsim propto prec succ infty"
    " partial nabla sum prod int oint surd ell hbar Re Im aleph forall exists emptyset in notin"
    " subset subseteq supset supseteq cap cup setminus sqcup sqcap wedge vee top perp models oplus"
    " ominus otimes oslash odot mp ast star star circ circ cdot diamond bigcirc triangle angle"
    " parallel mid cdots rightarrow leftarrow uparrow downarrow leftrightarrow mapsto"
    " longrightarrow longleftrightarrow Rightarrow Leftrightarrow Longrightarrow langle rangle"
    " lfloor rfloor lceil rceil natural sharp flat Delta"
).split()
_SIGNS = "≤≥⩽⩾≠≈≡∼≃≅≪≫≲≳∝≺≻∞∂∇∑∏∫∮√ℓℏℜℑℵ∀∃∅∈∉⊂⊆⊃⊇∩∪∖⊔⊓∧∨⊤⊥⊨⊕⊖⊗⊘⊙∓∗⋆★◦∘⋅⋄◯△∠∥∣⋯→←↑↓↔↦⟶⟷⇒⇔⟹⟨⟩⌊⌋⌈⌉♮♯♭∆"
_MATHEMATICS = {
    **{sign: f"\\{name}" for sign, name in zip(_SIGNS, _NAMES, strict=True)},
    **{"′": "'", "″": "''", "‖": r"\|"},
    **{sign: f"\\mathbb{{{letter}}}" for sign, letter in zip("ℂℍℕℙℚℝℤ", "CHNPQRZ", strict=True)},
}
"""Signs with the commands of LaTeX or of the theme for them."""

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True))
_MINUS = {"-": r"\ensuremath{-}"}

SYMBOLS = {
    "\xa0": "~",
    "\xad": r"\-",
    "\u2002": r"\ ",
    "\u2003": r"\ ",
    "\u2004": r"\ ",
    "\u2005": r"\ ",
    "\u2007": "~",
    "\u2008": r"\,",
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u202f": r"\,",
    "\u200c": r"{}",
    "\u2010": "-",
    "\u2011": r"\cvnobreak{-}",
    "−": r"\ensuremath{-}",
    **{sign: rf"\cvsign{{{ord(sign):04X}}}{{{tex}}}" for sign, tex in _MATHEMATICS.items()},
    **{sign: rf"\cvsub{{{_MINUS.get(low, low)}}}" for sign, low in LOWERED.items()},
    **{sign: rf"\cvsup{{{_MINUS.get(up, up)}}}" for sign, up in RAISED.items() if sign not in _TS1},
}
"""Symbols that every engine sets alike, from the mathematics font or as raised text."""

_GREEK_NAMES = re.findall(
    r"\w+",
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "epsilon phi vartheta",
)
_GREEK = {
    letter: f"\\{name}"
    for letter, name in zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩϵϕϑ", _GREEK_NAMES, strict=True)
}
GREEK = {letter: rf"\cvsign{{{ord(letter):04X}}}{{{tex}}}" for letter, tex in _GREEK.items()}
"""Greek letters as mathematics: right for a letter alone, wrong for a word of Greek."""

IN_FORMULAS = {
    **_MATHEMATICS,
    **_GREEK,
    **{"−": "-", "×": r"\times", "÷": r"\div", "±": r"\pm", "·": r"\cdot", "¬": r"\neg"},
    **{"°": r"{}^\circ", "µ": r"\mu", "…": r"\ldots", "\xa0": "~"},
}
"""The same signs, and those of the text font, where they stand in a formula."""

_GREEK_LETTER = "[\u0370-\u03ff\u1f00-\u1fff]"
LONE_GREEK = lazy_re(rf"(?<!{_GREEK_LETTER})[{''.join(GREEK)}](?!{_GREEK_LETTER})")

EIGHT_BIT = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(_T1 + _TS1) | frozenset(SYMBOLS)
"""The characters that pdfTeX can set, besides lone Greek letters."""


_BEYOND = lazy_re(rf"[^\n{re.escape(''.join(sorted(EIGHT_BIT)))}]+")


def beyond_eight_bit(text: str) -> tuple[str, ...]:
    """Return the stretches of a text that pdfTeX cannot set, each once, in order."""
    return tuple(dict.fromkeys(_BEYOND.findall(LONE_GREEK.sub(" ", text))))
