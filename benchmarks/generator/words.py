"""Names and words that invented things are called by."""

from __future__ import annotations

import random

_FIRST = (
    "Ada Alan Amara Benito Carla Chen Dara Diego Edith Elif Femi Frank Grace Hana Ines Ivan Jamal "
    "June Kofi Lena Luis Maya Mei Nadia Noah Olga Omar Paula Quinn Rosa Samir Tara Uma Victor "
    "Wanda Xenia Yusuf Zoë Renée Björn"
)
_LAST = (
    "Abbott Adeyemi Baker Becerra Castro Chandra Dubois Eriksen Farrell Fischer García Gupta "
    "Hayes Hoffman Ibrahim Jensen Kaplan Kowalski Lambert López Mbeki Meyer Nakamura Novak O’Brien "
    "Okafor Park Peterson Quigley Rahman Rossi Santos Schmidt Singh Tanaka Ueda Vargas Weber "
    "Yilmaz Young"
)
_FIRMS = (
    "Acme Apex Arbor Atlas Beacon Borealis Cedar Cobalt Corona Delta Ember Falcon Gamma Harbor "
    "Helix Indigo Juniper Keystone Lumen Meridian Nimbus Orchard Pioneer Quartz Ridge Summit "
    "Tundra Umbra Vertex Zenith"
)
_TRADES = (
    "Airlines Analytics Bank Chemicals Cloud Energy Foods Freight Holdings Insurance Logistics "
    "Materials Media Metals Mobility Networks Pharma Power Retail Robotics Semiconductors Software "
    "Steel Systems Textiles Utilities"
)
_STATES = (
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm "
    "ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy"
)
FIRST, LAST = _FIRST.split(), _LAST.split()
FIRMS, TRADES, STATES = _FIRMS.split(), _TRADES.split(), _STATES.split()
TOPICS = ("racial-equality", "civil-rights", "police-reform")
STAGES = ("introduced", "in-committee", "passed-chamber", "passed", "enacted")


def person_name(choose: random.Random) -> str:
    """Make up the name of a person."""
    return f"{choose.choice(FIRST)} {choose.choice(LAST)}"


def firm_name(number: int) -> str:
    """Return the name of a company, its own for each number."""
    firm = FIRMS[number % len(FIRMS)]
    trade = TRADES[number // len(FIRMS) % len(TRADES)]
    series = number // (len(FIRMS) * len(TRADES))
    return f"{firm} {trade} {series + 1}" if series else f"{firm} {trade}"
