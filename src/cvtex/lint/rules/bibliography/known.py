"""The entry types and fields that programs know.

Source: biblatex manual, 2.1 and 2.2; btxdoc, 3.
"""

from __future__ import annotations

TYPES = frozenset(
    (
        "article book mvbook inbook bookinbook suppbook booklet collection mvcollection"
        " incollection suppcollection dataset manual misc online patent periodical"
        " suppperiodical proceedings mvproceedings inproceedings reference mvreference"
        " inreference report set software thesis unpublished xdata"
        " customa customb customc customd custome customf conference electronic mastersthesis"
        " phdthesis techreport www artwork audio bibnote commentary image jurisdiction"
        " legislation legal letter movie music performance review standard video"
    ).split()
)
"""biblatex's, and with them BibTeX's."""

OTHER_TYPES = frozenset(
    (
        "bachelorsthesis habilthesis preprint softwareversion softwaremodule codefragment"
        " commented newspaper magazine newsarticle webpage website blog post generic presentation"
        " talk lecture slides poster interview podcast broadcast film map email hearing case"
        " statute bill act law treaty legadmin jurthesis ancienttext corpora arxiv game"
        " control ieeetranbstctl achemso-control"
    ).split()
)
"""Those of styles and reference managers."""

FIELDS = frozenset(
    (
        "abstract addendum address annotation author bookauthor booksubtitle booktitle"
        " booktitleaddon chapter commentator crossref date doi edition editor editora eid eprint"
        " eprintclass eprinttype archiveprefix primaryclass eventdate eventtitle foreword holder"
        " howpublished institution introduction isbn issn issue issuetitle journal journaltitle"
        " journalsubtitle keywords langid language location maintitle month note number"
        " organization origdate pages pagetotal part publisher pubstate school series"
        " shortjournal shorttitle subtitle title titleaddon translator type url urldate venue"
        " version volume volumes year"
    ).split()
)
"""The fields that are worth a correction when their names are misspelt."""

OTHER_FIELDS = frozenset(
    (
        "afterword ajournal annotate annotator annote arxivid articleno bookpagination"
        " code data dates day editorb editorc editortype editoratype editorbtype editorctype"
        " entryset entrysubtype execute fjournal file gender hyphenation ids indexsorttitle"
        " indextitle isan ismn isrn issuesubtitle issuetitleaddon iswc journaltitleaddon key"
        " keyword label library mainsubtitle maintitleaddon nameaddon namea nameb namec notes"
        " numpages options origlanguage origlocation origpublisher origtitle pagination pdf ps"
        " poster presort related relatedoptions relatedstring relatedtype reprinttitle"
        " shortauthor shortbooktitle shorteditor shorthand shorthandintro shortseries slides"
        " sortkey sortname sortshorthand sorttitle sortyear subject tags timestamp eventtitleaddon"
        " translation user usera userb userc userd usere userf verba verbb verbc video"
        " website xdata xref"
        " lista listb listc listd liste listf"
    ).split()
)
"""Others that are used on purpose and may look like one of those."""
