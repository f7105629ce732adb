"""Names of states, legislatures, chambers and parties of the United States.

Postal codes in small letters. Sources: the name of each legislature and chamber is that of its
own constitution; ``pi``, ``ol`` and ``dk`` are the codes by which the Congress data set calls the
Philippine Islands, the Territory of Orleans and the Dakota Territory.
"""

from __future__ import annotations

STATES = {
    "al": "Alabama",
    "ak": "Alaska",
    "az": "Arizona",
    "ar": "Arkansas",
    "ca": "California",
    "co": "Colorado",
    "ct": "Connecticut",
    "de": "Delaware",
    "dc": "District of Columbia",
    "fl": "Florida",
    "ga": "Georgia",
    "hi": "Hawaii",
    "id": "Idaho",
    "il": "Illinois",
    "in": "Indiana",
    "ia": "Iowa",
    "ks": "Kansas",
    "ky": "Kentucky",
    "la": "Louisiana",
    "me": "Maine",
    "md": "Maryland",
    "ma": "Massachusetts",
    "mi": "Michigan",
    "mn": "Minnesota",
    "ms": "Mississippi",
    "mo": "Missouri",
    "mt": "Montana",
    "ne": "Nebraska",
    "nv": "Nevada",
    "nh": "New Hampshire",
    "nj": "New Jersey",
    "nm": "New Mexico",
    "ny": "New York",
    "nc": "North Carolina",
    "nd": "North Dakota",
    "oh": "Ohio",
    "ok": "Oklahoma",
    "or": "Oregon",
    "pa": "Pennsylvania",
    "ri": "Rhode Island",
    "sc": "South Carolina",
    "sd": "South Dakota",
    "tn": "Tennessee",
    "tx": "Texas",
    "ut": "Utah",
    "vt": "Vermont",
    "va": "Virginia",
    "wa": "Washington",
    "wv": "West Virginia",
    "wi": "Wisconsin",
    "wy": "Wyoming",
    "as": "American Samoa",
    "gu": "Guam",
    "mp": "Northern Mariana Islands",
    "pr": "Puerto Rico",
    "vi": "United States Virgin Islands",
    "dk": "Dakota Territory",
    "ol": "Territory of Orleans",
    "pi": "Philippine Islands",
}

TERRITORIES = frozenset({"as", "gu", "mp", "pr", "vi", "dk", "ol", "pi"})

_GENERAL_ASSEMBLY = (
    *("ar", "co", "ct", "de", "ga", "il", "in", "ia", "ky", "md"),
    *("mo", "nc", "oh", "pa", "ri", "sc", "tn", "vt", "va"),
)

LEGISLATURES = {
    **{code: f"{STATES[code]} General Assembly" for code in _GENERAL_ASSEMBLY},
    "dc": "Legislature of the District of Columbia",
    "ma": "Massachusetts General Court",
    "nh": "New Hampshire General Court",
    "nd": "North Dakota Legislative Assembly",
    "or": "Oregon Legislative Assembly",
    "pr": "Legislative Assembly of Puerto Rico",
    "wa": "Washington State Legislature",
    "ny": "New York State Legislature",
    "ca": "California State Legislature",
    "az": "Arizona State Legislature",
    "hi": "Hawaii State Legislature",
    "la": "Louisiana State Legislature",
    "me": "Maine State Legislature",
    "ut": "Utah State Legislature",
    "wi": "Wisconsin State Legislature",
    "wy": "Wyoming State Legislature",
}

UPPER_CHAMBERS = {
    "az": "Arizona State Senate",
    "ca": "California State Senate",
    "ga": "Georgia State Senate",
    "ks": "Kansas Senate",
    "la": "Louisiana State Senate",
    "ms": "Mississippi State Senate",
    "nv": "Nevada Senate",
    "ny": "New York State Senate",
    "or": "Oregon State Senate",
    "pa": "Pennsylvania State Senate",
    "pr": "Senate of Puerto Rico",
    "ut": "Utah State Senate",
    "wa": "Washington State Senate",
    "wi": "Wisconsin State Senate",
}

LOWER_CHAMBERS = {
    "ca": ("assembly", "California State Assembly"),
    "md": ("house", "Maryland House of Delegates"),
    "nv": ("assembly", "Nevada Assembly"),
    "nj": ("assembly", "New Jersey General Assembly"),
    "ny": ("assembly", "New York State Assembly"),
    "pr": ("house", "House of Representatives of Puerto Rico"),
    "va": ("house", "Virginia House of Delegates"),
    "wv": ("house", "West Virginia House of Delegates"),
    "wi": ("assembly", "Wisconsin State Assembly"),
}

SINGLE_CHAMBERS = {
    "dc": ("council", "Council of the District of Columbia"),
    "ne": ("unicameral", "Nebraska Unicameral"),
}

NO_PARTY = frozenset(
    {"", "independent", "nonpartisan", "unknown", "no party", "unaffiliated", "other"}
)

PARTY_NAMES = {
    "democrat": "Democratic",
    "democratic": "Democratic",
    "republican": "Republican",
    "democratic-farmer-labor": "Democratic-Farmer-Labor",
}
"""What the sources call a party, in small letters, and what it is called here."""
