"""CV3: the syntax of a .bib file, and how its entries refer to each other."""

from __future__ import annotations

from inspect import cleandoc

from cvtex.diagnostics.diagnostic import Rule, Severity

E, W = Severity.ERROR, Severity.WARNING

INVALID_BIBTEX = Rule(
    "CV301",
    "invalid-bibtex",
    E,
    cleandoc("""
        A part of a .bib file cannot be read.

        A brace, a comma, an equals sign or a quotation mark is missing, or there is one too many.
        cvtex finds the place of the fault and reads on after it, so one fault costs one entry or
        one field; BibTeX often gives up the following entries as well.

        Bad:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy}
          title = {Invariante Variationsprobleme},
          year = 1918,
        }
        ```

        Good:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
          year = 1918,
        }
        ```
    """),
)

DUPLICATE_CITEKEY = Rule(
    "CV302",
    "duplicate-citekey",
    E,
    cleandoc("""
        Two different entries have the same key.

        A citation could mean either, and only the first one is printed. It happens when files from
        several sources are merged. Where both entries say the same it is CV320.

        Bad:

        ```bibtex
        @article{noether, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether, author = {Noether, Emmy}, title = {Idealtheorie}, year = 1921}
        ```

        Good:

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie}, year = 1921}
        ```
    """),
)

DUPLICATE_FIELD = Rule(
    "CV303",
    "duplicate-field",
    E,
    cleandoc("""
        An entry has the same field twice.

        Only one of the two can count. cvtex keeps the first one, as BibTeX does, and asks you to
        decide: the second one may be the correction.

        Bad:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
          year = 1918,
          year = 1919,
        }
        ```

        Good:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
          year = 1918,
        }
        ```
    """),
)

UNDEFINED_STRING = Rule(
    "CV304",
    "undefined-string",
    E,
    cleandoc("""
        A word without braces is not defined by any `@string`.

        In BibTeX a bare word stands for a text that is defined elsewhere, such as `jan` or the
        short name of a journal. The definition is missing or the word is misspelt, or it was meant
        as text and lacks its braces.

        Bad:

        ```bibtex
        @string{mathann = {Mathematische Annalen}}
        @article{noether1921,
          author = {Noether, Emmy},
          title = {Idealtheorie},
          journal = mathan,
        }
        ```

        Good:

        ```bibtex
        @string{mathann = {Mathematische Annalen}}
        @article{noether1921,
          author = {Noether, Emmy},
          title = {Idealtheorie},
          journal = mathann,
        }
        ```
    """),
)

UNKNOWN_COMMAND = Rule(
    "CV305",
    "unknown-command",
    W,
    cleandoc(r"""
        A LaTeX command in a .bib file is not known.

        cvtex decodes LaTeX in fields to text: accents, symbols, emphasis, mathematics. A command
        that it does not know is left out and its argument is kept, which may be wrong; a field that
        has nothing else is missing from the page. The names of journals that NASA's ADS exports,
        such as `\mnras`, are known in the fields of journals. Fields that are never printed, such
        as `abstract`, are not checked.

        Bad:

        ```bibtex
        @article{noether1921,
          author = {Noether, Emmy},
          title = {\germanword{Idealtheorie} in Rings},
        }
        ```

        Good:

        ```bibtex
        @article{noether1921,
          author = {Noether, Emmy},
          title = {\emph{Idealtheorie} in Rings},
        }
        ```
    """),
)

UNKNOWN_PARENT = Rule(
    "CV309",
    "unknown-parent",
    W,
    cleandoc("""
        An entry refers to another one that does not exist.

        `crossref` and `xdata` take fields from another entry, such as those of a book for its
        chapters. If its key is misspelt, or it is in a file that the CV does not name, they are
        missing from the page.

        Bad:

        ```bibtex
        @inproceedings{noether1932,
          author = {Noether, Emmy},
          title = {Hyperkomplexe Systeme},
          crossref = {icm32},
        }
        @proceedings{icm1932, title = {Verhandlungen des Kongresses}, year = 1932}
        ```

        Good:

        ```bibtex
        @inproceedings{noether1932,
          author = {Noether, Emmy},
          title = {Hyperkomplexe Systeme},
          crossref = {icm1932},
        }
        @proceedings{icm1932, title = {Verhandlungen des Kongresses}, year = 1932}
        ```
    """),
)

GUESSED_ENCODING = Rule(
    "CV310",
    "guessed-encoding",
    W,
    cleandoc("""
        A .bib file is not in UTF-8, so some letters are guessed.

        Old files are often in Windows-1252 or Latin-1, and cvtex reads them that way. In a file of
        another encoding the letters come out wrong, so check the line that is named. Then save the
        file as UTF-8.

        Bad:

        ```bibtex
        @article{weyl1935, author = {Weyl, H.}, title = {Nachruf f�r Emmy Noether}, year = 1935}
        ```

        Good:

        ```bibtex
        @article{weyl1935, author = {Weyl, H.}, title = {Nachruf für Emmy Noether}, year = 1935}
        ```
    """),
)

CIRCULAR_PARENT = Rule(
    "CV313",
    "circular-parent",
    W,
    cleandoc("""
        Entries take fields from each other in a circle.

        Each refers to the next by `crossref` or `xdata`, and the last one to the first again. cvtex
        stops where the circle closes; the fields of the entries depend on where that is.

        Bad:

        ```bibtex
        @inbook{chapter, author = {Noether, Emmy}, title = {Ideals}, crossref = {whole}}
        @book{whole, author = {Noether, Emmy}, title = {Algebra}, crossref = {chapter}}
        ```

        Good:

        ```bibtex
        @inbook{chapter, author = {Noether, Emmy}, title = {Ideals}, crossref = {whole}}
        @book{whole, author = {Noether, Emmy}, title = {Algebra}}
        ```
    """),
)

ODD_CITEKEY = Rule(
    "CV314",
    "odd-citekey",
    W,
    cleandoc("""
        The key of an entry has characters that break citations.

        A blank, a brace, a backslash, a quotation mark, `#`, `%` or `~` in a key means something
        else in LaTeX, in BibTeX or in a text. The entry is printed nevertheless, but it cannot be
        cited everywhere.

        Bad:

        ```bibtex
        @article{Noether 1918, author = {Noether, Emmy}, title = {Invariante Variationsprobleme}}
        ```

        Good:

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}}
        ```
    """),
)

REPEATED_ENTRY = Rule(
    "CV320",
    "repeated-entry",
    W,
    cleandoc("""
        An entry is in the .bib files twice.

        Both say the same, so nothing is lost: it is printed once. But a correction in one of the
        two would make them differ, and chance would decide which one counts.

        Bad:

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = {1918}}
        ```

        Good:

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        ```
    """),
)
