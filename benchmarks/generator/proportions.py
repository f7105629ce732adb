"""How much there is of what in the real data sets, measured there, and numbers drawn like it.

Each spread lists measured quantiles: (share of the cases, value up to which they go).
"""

from __future__ import annotations

import random
from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """A distribution of whole numbers by its quantiles."""

    quantiles: tuple[tuple[float, int], ...]

    def draw(self, choose: random.Random) -> int:
        """Draw a number, straight lines lying between the quantiles."""
        share = choose.random()
        at = max(1, bisect_left(self.quantiles, (share, 0)))
        (low, first), (high, last) = self.quantiles[at - 1 : at + 1]
        return first + int((last - first + 1) * (share - low) / (high - low)) if last else 0


# Of the triples outside of documents. The whole of the real sets is some seven million triples:
# four of bills, one and a half of lobbying, half a million of contributions, one of people.
SHARES = {
    "legislators": 0.12,
    "companies": 0.05,
    "targets": 0.07,
    "lobbying": 0.20,
    "contributions": 0.06,
    "bills": 0.50,
}

# congress-legislators, 2026-06-15: 537 members, 2,792 terms, mean 5.2.
TERMS_OF_PERSON = Spread(
    ((0, 0), (0.1, 1), (0.25, 2), (0.5, 4), (0.75, 7), (0.9, 11), (0.95, 15), (0.99, 20), (1, 23))
)
# Committee memberships of 528 members, mean 7.35.
MEMBERSHIPS_OF_PERSON = Spread(
    ((0, 2), (0.1, 3), (0.25, 4), (0.5, 6), (0.75, 9), (0.9, 13), (0.95, 16), (0.99, 19), (1, 22))
)
NICKNAMES = 29 / 537  # members with a nickname
WIKIDATA = 536 / 537  # members with a Wikidata item
FEC_IDS = Spread(
    ((0, 1), (0.88, 1), (0.99, 2), (1, 3))
)  # candidate identifiers: 471, 61, 4 members

# Congress.gov, 119th Congress: 14,702 bills; cosponsors mean 9.4, actions 4.0, texts 1.1.
COSPONSORS_OF_BILL = Spread(
    ((0, 0), (0.1, 0), (0.25, 1), (0.5, 3), (0.75, 9), (0.9, 23), (0.95, 39), (0.99, 119), (1, 338))
)
ACTIONS_ON_BILL = Spread(
    ((0, 1), (0.1, 2), (0.25, 2), (0.5, 3), (0.75, 4), (0.9, 6), (0.95, 11), (0.99, 21), (1, 114))
)
VERSIONS_OF_BILL = Spread(((0, 1), (0.93, 1), (0.95, 2), (0.99, 4), (1, 6)))
WITHDRAWN_COSPONSORS = 55 / 138_813
BECAME_LAW = 85 / 14_702

# Senate LD-2, fourth quarter of 2007: 3,034 filings, 2,437 clients, 1,053 registrants.
FILINGS_OF_REGISTRANT = Spread(
    ((0, 1), (0.5, 1), (0.75, 3), (0.9, 7), (0.95, 10), (0.99, 23), (1, 43))
)
LOBBYISTS_OF_FILING = Spread(
    ((0, 0), (0.1, 0), (0.5, 1), (0.75, 3), (0.9, 5), (0.95, 6), (0.99, 11), (1, 26))
)
ISSUES_OF_FILING = Spread(((0, 1), (0.5, 1), (0.75, 2), (0.9, 3), (0.95, 5), (0.99, 9), (1, 40)))
FILINGS_WITH_AMOUNT = 1_378 / 3_034
# Senate LD-203, third quarter of 2020: 16,689 filings, mean 4.1; those with none are left out here.
CONTRIBUTIONS_OF_FILING = Spread(((0, 1), (0.6, 7), (0.8, 16), (0.96, 91), (1, 662)))

# Net Zero Tracker, 2022-12-20: 970 of 1,782 companies have a target, 647 an interim one too.
COMPANIES_WITH_TARGET = 970 / 1_782
INTERIM_TARGETS = 647 / 970
TARGETS_ACHIEVED = 38 / 970  # declared so by the company, or validated
TARGET_YEARS = ((2050, 433), (2030, 185), (2040, 102), (2025, 52), (2035, 27), (2045, 14))
# SEC tickers, 2,621 LEIs of 9,341 securities.
COMPANIES_WITH_LEI = 2_621 / 9_341
