"""CV3: the contents of the entries of a .bib file."""

from __future__ import annotations

from inspect import cleandoc

from cvtex.diagnostics.diagnostic import Needs, Rule, Safety, Severity

W = Severity.WARNING

INVALID_BIB_DATE = Rule(
    "CV306",
    "invalid-bib-date",
    W,
    cleandoc("""
        The date of an entry cannot be read.

        Without a date an entry is sorted to the wrong place and is missing from lists by year. An
        unreadable date is printed unchanged. Words such as "forthcoming" or "in press" are
        understood; better is `pubstate = {inpress}`.

        Bad:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
          year = {MCMXVIII},
        }
        ```

        Good:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
          year = {1918},
        }
        ```
    """),
)

INVALID_ANNOTATION = Rule(
    "CV307",
    "invalid-annotation",
    W,
    cleandoc("""
        The role of an author is not understood.

        Roles such as equal contribution are written as data annotations of biblatex: the number of
        the author, an equals sign, the roles. A role of nobody, or without a sign under
        `bibliography: roles`, is not printed.

        Bad:

        ```bibtex
        @article{brauer1932,
          author = {Brauer, Richard and Noether, Emmy},
          author+an = {1=equal; 3=equal},
          title = {Beweis eines Hauptsatzes},
        }
        ```

        Good:

        ```bibtex
        @article{brauer1932,
          author = {Brauer, Richard and Noether, Emmy},
          author+an = {1=equal; 2=equal},
          title = {Beweis eines Hauptsatzes},
        }
        ```
    """),
)

MISSING_FIELD = Rule(
    "CV308",
    "missing-field",
    W,
    cleandoc("""
        An entry has no title, or no author.

        It is printed without. Often the field is there under another name, or a parent that should
        give it is missing. Proceedings and whole issues of a journal need no author. For manuals,
        web pages, software, data sets and `@misc` an `organization`, `institution`, `publisher`,
        `label` or `shorthand` is enough.

        Bad:

        ```bibtex
        @article{noether1918,
          authors = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
        }
        ```

        Good:

        ```bibtex
        @article{noether1918,
          author = {Noether, Emmy},
          title = {Invariante Variationsprobleme},
        }
        ```
    """),
)

INVALID_IDENTIFIER = Rule(
    "CV311",
    "invalid-identifier",
    W,
    cleandoc("""
        A DOI, an arXiv identifier or a URL is not complete.

        It becomes a link on the page, and a link that leads nowhere is worse than none. cvtex
        understands the forms in which people paste them, and corrects them where that is certain.
        The others are printed without a link.

        Bad:

        ```bibtex
        @article{noether1921,
          author = {Noether, Emmy},
          title = {Idealtheorie},
          url = {www.example.org/ideals},
        }
        ```

        Good:

        ```bibtex
        @article{noether1921,
          author = {Noether, Emmy},
          title = {Idealtheorie},
          url = {https://www.example.org/ideals},
        }
        ```
    """),
)

INVALID_NAME = Rule(
    "CV312",
    "invalid-name",
    W,
    cleandoc("""
        A name in a list of authors or editors is not written as BibTeX reads it.

        Names are joined by `and`, never by commas: a comma separates family and given name.
        Otherwise several people become one, and the owner of the CV may not be found among them.
        Put an organization into its own braces.

        Bad:

        ```bibtex
        @article{brauer1932,
          author = {Richard Brauer, Helmut Hasse and Emmy Noether},
          title = {Beweis eines Hauptsatzes},
        }
        ```

        Good:

        ```bibtex
        @article{brauer1932,
          author = {Richard Brauer and Helmut Hasse and Emmy Noether},
          title = {Beweis eines Hauptsatzes},
        }
        ```

        Fix: writes `and` for a comma or another sign between two names, deletes degrees, and puts a
        suffix, or a family name in PubMed's order, in its place. It is unsafe, as reading names is
        guesswork. Other names are left to you.
    """),
    fix=Safety.UNSAFE,
)

PREPRINT_AND_PUBLISHED = Rule(
    "CV315",
    "preprint-and-published",
    W,
    cleandoc("""
        A preprint is printed beside its published version.

        Both are printed, so one work is counted twice. They are known by the same DOI or arXiv
        number, or by the same people and a title that is nearly the same. With `bibliography:
        {merge_preprints: true}` the published one is printed, with the links of both.

        Bad:

        ```bibtex
        @misc{shen2024arxiv,
          author = {Shen, Li and Noether, Emmy},
          title = {Ideals in Rings},
          eprint = {2401.01234},
          archiveprefix = {arXiv},
          year = 2024,
        }
        @article{shen2024,
          author = {Shen, Li and Noether, Emmy},
          title = {Ideals in Rings},
          journal = {Mathematische Annalen},
          year = 2024,
        }
        ```

        Good:

        ```bibtex
        @article{shen2024,
          author = {Shen, Li and Noether, Emmy},
          title = {Ideals in Rings},
          journal = {Mathematische Annalen},
          eprint = {2401.01234},
          archiveprefix = {arXiv},
          year = 2024,
        }
        ```
    """),
    needs=Needs.COMPLETE_CV,
)

OWNER_NOT_FOUND = Rule(
    "CV316",
    "owner-not-found",
    W,
    cleandoc("""
        No publication names the owner of the CV.

        So nobody is set in bold, and lists by role, such as those of a first author, are empty. The
        name is spelt differently in the .bib files: list its forms under `me`. Names are compared
        as names: "Noether, E." fits "Emmy Noether", other spellings do not.

        Bad:

        ```yaml
        name: Emmy Noether
        ```

        ```bibtex
        @article{noether1921, author = {Nöther, E.}, title = {Idealtheorie}, year = 1921}
        ```

        Good:

        ```yaml
        name: Emmy Noether
        me: [Emmy Noether, Emmy Nöther]
        ```

        ```bibtex
        @article{noether1921, author = {Nöther, E.}, title = {Idealtheorie}, year = 1921}
        ```
    """),
    needs=Needs.COMPLETE_CV,
)

UNUSED_CONDITION = Rule(
    "CV317",
    "unused-condition",
    W,
    cleandoc("""
        A list asks for a keyword or a type that no publication has.

        No publication meets the condition, so the list lacks entries. The keyword is misspelt, or
        the entries have lost it: some programs drop `keywords` when they write a .bib file.

        Bad:

        ```yaml
        sections:
        - {kind: publications, title: Selected, select: {keywords: [higlight]}}
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Ideals}, keywords = {highlight}}
        ```

        Good:

        ```yaml
        sections:
        - {kind: publications, title: Selected, select: {keywords: [highlight]}}
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Ideals}, keywords = {highlight}}
        ```
    """),
    needs=Needs.COMPLETE_CV,
)

MARKS_IN_NAMES = Rule(
    "CV318",
    "marks-in-names",
    W,
    cleandoc("""
        A role is written as a mark after the name of an author.

        cvtex understands it: `*` is equal contribution, `†` corresponding author, `‡` student. But
        other programs read the mark as a part of the name, which then differs from the same name
        elsewhere. As data, roles can be selected, styled and explained in a legend.

        Bad:

        ```bibtex
        @article{brauer1932,
          author = {Brauer, Richard* and Noether, Emmy*},
          title = {Beweis eines Hauptsatzes},
        }
        ```

        Good:

        ```bibtex
        @article{brauer1932,
          author = {Brauer, Richard and Noether, Emmy},
          author+an = {1=equal; 2=equal},
          title = {Beweis eines Hauptsatzes},
        }
        ```
    """),
)

AMBIGUOUS_OWNER = Rule(
    "CV319",
    "ambiguous-owner",
    W,
    cleandoc("""
        Two authors of one entry may both be the owner of the CV.

        An initial fits more than one name, so both are set in bold. Spell out the given names that
        distinguish the two, or list only your own forms under `me`.

        Bad:

        ```bibtex
        @article{noether1925, author = {Noether, Emmy and Noether, E.}, title = {Briefe}}
        ```

        Good:

        ```bibtex
        @article{noether1925, author = {Noether, Emmy and Noether, Fritz}, title = {Briefe}}
        ```
    """),
)
