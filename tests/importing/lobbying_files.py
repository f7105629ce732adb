"""Small archives of lobbying filings, as the Senate packs them; what they say is invented."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

REPORT = {
    "ID": "00000000-0000-0000-0000-000000000001",
    "Year": "2002",
    "Received": "2003-02-10T00:00:00",
    "Amount": "40000",
    "Type": "YEAR-END REPORT",
    "Period": "Year-End (July 1 - Dec 31)",
}
REGISTRANT = {
    "RegistrantID": "77",
    "RegistrantName": "Persuaders LLP",
    "GeneralDescription": "law firm",
    "Address": "1 Hidden Street, Nowhere",
}
CLIENT = {
    "ClientName": "ACME CORP",
    "ClientID": "12",
    "SelfFiler": "FALSE",
    "ContactFullname": "SECRET CONTACT",
    "ClientState": "OHIO",
}
ISSUE = {"Code": "COMPUTER INDUSTRY", "SpecificIssue": "Privacy bill;\r\nfunding"}
LOBBYIST = {
    "LobbyistName": "DOE, JANE",
    "LobbyistCoveredGovPositionIndicator": "COVERED",
    "OfficialPosition": "N/A",
}
GIFTS = {
    "ID": "00000000-0000-0000-0000-000000000009",
    "Year": "2020",
    "Received": "2020-07-30T14:42:08.370",
    "Type": "LD-203 MID-YEAR REPORT",
    "Period": "Mid-Year (Jan 1 - Jun 30)",
}
GIFT = {
    "Contributor": "DOE, JANE",
    "ContributionType": "FECA",
    "Payee": "Friends of Roe",
    "Honoree": "Richard Roe",
    "Amount": "800.0000",
    "ContributionDate": "2020-03-27T00:00:00",
}

Attributes = Mapping[str, str]


def element(name: str, attributes: Attributes, *inner: str) -> str:
    """Write an element; line ends within values as references, as the data has them."""
    values = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    values = values.replace("\r", "&#xD;").replace("\n", "&#xA;").replace("&#13;", "&#xD;")
    return f"<{name}{values.replace('&#10;', '&#xA;')}>{''.join(inner)}</{name}>"


def report(*inner: str, client: Attributes = CLIENT, **changes: str) -> str:
    """Write a report of Persuaders LLP for a client."""
    attributes = {**REPORT, **changes}
    registrant = element("Registrant", REGISTRANT)
    return element("Filing", attributes, registrant, element("Client", client), *inner)


def issues(*given: Attributes) -> str:
    """Write issues."""
    return element("Issues", {}, *(element("Issue", {**ISSUE, **one}) for one in given))


def lobbyists(*given: Attributes) -> str:
    """Write lobbyists."""
    return element("Lobbyists", {}, *(element("Lobbyist", {**LOBBYIST, **one}) for one in given))


def bodies(*names: str) -> str:
    """Write the public bodies that were contacted."""
    found = (element("GovernmentEntity", {"GovEntityName": name}) for name in names)
    return element("GovernmentEntities", {}, *found)


def gifts(*given: Attributes, lobbyist: str = "DOE, JANE", **changes: str) -> str:
    """Write a report on contributions."""
    filer = element("Lobbyist", {"LobbyistName": lobbyist}) if lobbyist else ""
    listed = (element("Contribution", {**GIFT, **one}) for one in given)
    inner = (element("Registrant", REGISTRANT), filer, element("Contributions", {}, *listed))
    return element("Filing", {**GIFTS, **changes}, *inner)


def archive(
    folder: Path, *filings: str, member: str = "2003_1_2_1.xml", name: str = "some.zip"
) -> Path:
    """Pack filings."""
    text = "<?xml version='1.0' encoding='UTF-16'?>\n<PublicFilings>\n"
    return pack(folder, text + "\n".join(filings) + "\n</PublicFilings>\n", member, name)


def pack(folder: Path, text: str, member: str, name: str = "some.zip") -> Path:
    """Pack a text as UTF-16 with a byte order mark."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        entry = zipfile.ZipInfo(member, (2015, 2, 12, 13, 59, 0))
        packed.writestr(entry, text.encode("utf-16"))
    return path
