"""One new small record file, as an author would write it."""

from __future__ import annotations

from generator.words import firm_name

_FILE = """\
source:
  id: new-article-{number:06d}
  kind: press-article
  title: {name} stops its sales
  publisher: new-daily-{number:06d}
  published: 2026-06-12
  language: en
  url: https://example.org/new-article-{number:06d}

organizations:
  - id: new-daily-{number:06d}
    label: New Daily {number}
  - id: new-rescue-{number:06d}
    type: advocacy-group
    label: New Rescue {number}
    quote: groups like New Rescue {number}

companies:
  - id: new-company-{number:06d}
    label: {name}
    quote: the company {name}

pledges:
  - id: new-company-{number:06d}-2026-06
    label: "{name}: no sales to the police for a year"
    pledgor: new-company-{number:06d}
    kind: moratorium
    announced: Wednesday
    quote: {name} said on Wednesday that it would stop its sales to the police for a year
    wording: stop its sales to the police for a year
    commitments:
      - modality: refrain
        action: sell
        object: facial-recognition
        recipient-category: police
        duration: P1Y
        exemptions:
          - beneficiaries: [new-rescue-{number:06d}]
            list: illustrative
            quote: it goes on serving groups like New Rescue {number}

statements:
  - speaker: new-company-{number:06d}
    date: Wednesday
    does: announce
    about: new-company-{number:06d}-2026-06
    paraphrase: It will not sell the technology to the police for a year.
    quote: {name} said on Wednesday that it would stop its sales to the police for a year
"""


def one_record(number: int) -> str:
    """Return the text of a record file of its own for each number; it needs no other file."""
    return _FILE.format(number=number, name=f"New {firm_name(number)} {number}")
