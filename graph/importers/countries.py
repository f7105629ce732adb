"""Name countries alike in every importer.

Codes and names: ISO 3166-1, short English names in common use. Those that the imported data sets
use are here; another code raises ``KeyError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pledgegraph.graph.importers import united_states
from pledgegraph.graph.importing import Ledger, Place
from pledgegraph.graph.importing.place import Value

_COUNTRIES = """
AE ARE United Arab Emirates
AR ARG Argentina
AT AUT Austria
AU AUS Australia
BE BEL Belgium
BH BHR Bahrain
BM BMU Bermuda
BR BRA Brazil
CA CAN Canada
CH CHE Switzerland
CL CHL Chile
CN CHN China
CO COL Colombia
CR CRI Costa Rica
CY CYP Cyprus
CZ CZE Czechia
DE DEU Germany
DK DNK Denmark
EG EGY Egypt
ES ESP Spain
FI FIN Finland
FR FRA France
GB GBR United Kingdom
GR GRC Greece
GT GTM Guatemala
HK HKG Hong Kong
HU HUN Hungary
ID IDN Indonesia
IE IRL Ireland
IL ISR Israel
IN IND India
IS ISL Iceland
IT ITA Italy
JO JOR Jordan
JP JPN Japan
KE KEN Kenya
KR KOR South Korea
KW KWT Kuwait
KY CYM Cayman Islands
KZ KAZ Kazakhstan
LB LBN Lebanon
LK LKA Sri Lanka
LT LTU Lithuania
LU LUX Luxembourg
MA MAR Morocco
MC MCO Monaco
MT MLT Malta
MX MEX Mexico
MY MYS Malaysia
NG NGA Nigeria
NL NLD Netherlands
NO NOR Norway
NZ NZL New Zealand
OM OMN Oman
PE PER Peru
PH PHL Philippines
PK PAK Pakistan
PL POL Poland
PT PRT Portugal
QA QAT Qatar
RU RUS Russia
SA SAU Saudi Arabia
SE SWE Sweden
SG SGP Singapore
SL SLE Sierra Leone
TH THA Thailand
TN TUN Tunisia
TR TUR Turkey
TT TTO Trinidad and Tobago
TW TWN Taiwan
VN VNM Vietnam
ZA ZAF South Africa
"""


@cache
def _by_code() -> Mapping[str, tuple[str, str]]:
    found = {}
    for line in _COUNTRIES.strip().splitlines():
        two, three, name = line.split(maxsplit=2)
        found[two] = found[three] = (two.lower(), name)
    return found


def country(code: str) -> tuple[Mapping[str, str], ...]:
    """Return the forms of a country, by its code of two or three letters, without their place.

    The last is the country itself, before it stands what it refers to. Raises ``KeyError`` for a
    code that is not in the table. The United States and Puerto Rico are those of the importers
    of their legislatures.
    """
    if code in ("US", "USA"):
        return tuple(part.form for part in united_states.nation())
    if code in ("PR", "PRI"):
        return tuple(part.form for part in united_states.state("PR"))
    slug, name = _by_code()[code]
    division = f"ocd-division/country:{slug}"
    return ({"id": slug, "label": name, "level": "national", "ocd-division": division},)


def jurisdictions(
    forms: tuple[Mapping[str, str], ...], ledger: Ledger, place: Place
) -> list[Mapping[str, Value]]:
    """Return those forms that the data set has not had yet, with their place."""
    return [
        {**form, "entry": place.entry}
        for form in forms
        if ledger.first(f"jurisdiction/{form['id']}")
    ]


def reference(forms: tuple[Mapping[str, str], ...]) -> str:
    """Return how other forms refer to the last of some jurisdictions."""
    return f"jurisdiction/{forms[-1]['id']}"
