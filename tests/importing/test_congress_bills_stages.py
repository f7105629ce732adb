"""The stage that each step in the course of a bill reaches."""

import pytest

from pledgegraph.graph.importers.congress_bills.measure import Step
from pledgegraph.graph.importers.congress_bills.stages import Course, listed_once, stages


def step(text: str, *codes: str, day: str = "2025-02-04", time: str = "") -> Step:
    return Step(day, time, text, codes, (), (), "actions[0]")


@pytest.mark.parametrize(
    ("text", "code", "stage"),
    [
        ("Introduced in House", "1000", "introduced"),
        ("", "Intro-S", "introduced"),
        ("Referred to the House Committee on the Judiciary.", "H11100", "in-committee"),
        ("Read twice and referred to the Committee on Finance.", "", "in-committee"),
        ("Read twice and referred to the Select Committee on Intelligence.", "", "in-committee"),
        ("Referred to the Subcommittee on Health.", "", None),
        ("Committee Consideration and Mark-up Session Held", "", None),
        ("Placed on the Union Calendar, Calendar No. 152.", "H12410", "on-calendar"),
        ("Motion to place bill on Consensus Calendar filed by Mr. Lawler.", "H12440", None),
        ("Read twice. Placed on Senate Legislative Calendar. No. 4.", "", "on-calendar"),
        ("Presented to President.", "28000", "passed"),
        ("Signed by President.", "E30000", "enacted"),
        ("Became Public Law No: 119-61.", "36000", "enacted"),
        ("Became Private Law No: 119-1.", "41000", "enacted"),
        ("Vetoed by President.", "E30000", None),
        ("Failed of passage/not agreed to in House On passage Failed.", "9000", "failed"),
        ("Not agreed to in House On motion to suspend the rules and pass", "9000", None),
        ("On motion to table Agreed to by the Yeas and Nays: 344 - 79.", "H36510", "failed"),
        ("On motion to table Failed by the Yeas and Nays: 209 - 211.", "H36510", None),
        ("Motion to reconsider laid on the table Agreed to.", "H38310", None),
        ("Indefinitely postponed by Senate by Unanimous Consent.", "", "failed"),
    ],
)
def test_a_step_reaches_a_stage(text: str, code: str, stage: str | None) -> None:
    assert Course("hr").stage_of(step(text, *([code] if code else []))) == stage


@pytest.mark.parametrize(
    ("type_", "steps", "expected"),
    [
        ("hres", [("8000", "Agreed to in House")], ["passed"]),
        (
            "hr",
            [("8000", "as amended"), ("", "referred to the Committee on Finance"), ("17000", "OK")],
            ["passed-chamber", None, "passed"],
        ),
        (
            "hr",
            [("8000", "Passed"), ("17000", "with an amendment"), ("19500", "Agreed to by 222")],
            ["passed-chamber", None, "passed"],
        ),
        (
            "s",
            [("17000", "Passed"), ("8000", "as amended"), ("20500", "agreed with an amendment")],
            ["passed-chamber", None, None],
        ),
        ("hr", [("8000", "Passed"), ("17000", "without amendment")], ["passed-chamber", "passed"]),
        ("hr", [("21000", "Agreed"), ("23000", "Agreed")], [None, "passed"]),
    ],
)
def test_a_stage_depends_on_the_steps_before(
    type_: str, steps: list[tuple[str, str]], expected: list[str | None]
) -> None:
    course = Course(type_)
    made = [course.stage_of(step(text, *([code] if code else []))) for code, text in steps]
    assert made == expected


def test_steps_are_taken_from_the_oldest_on() -> None:
    listed = [
        step("Referred to the Committee on Finance.", day="2025-02-05"),
        step("Received.", day="2025-02-04"),
        step("Introduced in Senate", "10000", day="2025-02-04"),
    ]
    assert [(one.text[:8], stage) for one, stage in stages("s", listed)] == [
        ("Introduc", "introduced"),
        ("Received", None),
        ("Referred", "in-committee"),
    ]


def test_a_step_at_another_minute_is_another_step() -> None:
    listed = [step("On passage.", "A", time="10:00"), step("On passage.", "B", time="10:01")]
    again = step("On passage.", "C", time="10:01")
    assert [one.codes for one in listed_once([*listed, again])] == [("A",), ("B", "C")]
