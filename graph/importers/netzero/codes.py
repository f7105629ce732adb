"""The codes of the Net Zero Tracker, and the concepts that stand for them.

Codes are compared as they are written in the snapshot of 2022-12-20. A cell with another one is
quarantined as ``unknown-code``: what it means is for a person to say.
"""

from __future__ import annotations

from collections.abc import Mapping

TARGET_TYPES: Mapping[str, str] = {
    "Net zero": "net-zero",
    "Carbon neutral(ity)": "carbon-neutral",
    "Climate neutral": "climate-neutral",
    "GHG neutral(ity)": "ghg-neutral",
    "Zero emissions": "zero-emissions",
    "Zero carbon": "zero-carbon",
    "Carbon negative": "carbon-negative",
    "Climate positive": "climate-positive",
    "Emissions reduction target": "emissions-reduction",
    "Emissions intensity target": "emissions-intensity",
    "Absolute emissions target": "absolute-emissions",
    "Science-based target": "science-based",
    "1.5°C target": "one-and-a-half-degrees",
    "Other": "other",
}
NO_TARGET = "No target"
PROPOSED = "Proposed / in discussion"

OBJECTS: Mapping[str, str] = {
    "Carbon dioxide and other GHGs": "greenhouse-gas-emissions",
    "Carbon dioxide only": "carbon-dioxide-emissions",
}

_ANSWERS = {"Yes": "yes", "No": "no", "Partial": "partly", "Not Specified": "not-specified"}
_GOALS = {**dict.fromkeys(TARGET_TYPES, "yes"), NO_TARGET: "no"}

# Column: the aspect of the finding, and the concept of each code.
ANSWERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "end_target": ("end-target", _GOALS),
    "interim_target": ("interim-target", _GOALS),
    "end_target_status": (
        "target-status",
        {
            PROPOSED: "proposed",
            "Declaration / pledge": "declaration",
            "In corporate strategy": "in-corporate-strategy",
            "In policy document": "in-policy-document",
            "In law": "in-law",
            "Achieved (self-declared)": "achieved-self-declared",
            "Achieved (externally validated)": "achieved-validated",
        },
    ),
    "gasses_coverage": (
        "gas-coverage",
        {
            "Carbon dioxide and other GHGs": "all-greenhouse-gases",
            "Carbon dioxide only": "carbon-dioxide-only",
            "Not Specified": "not-specified",
        },
    ),
    "scope_1": ("scope-1", _ANSWERS),
    "scope_2": ("scope-2", _ANSWERS),
    "scope_3": ("scope-3", _ANSWERS),
    "historical_emissions": ("past-emissions", _ANSWERS),
    "has_plan": ("plan", _ANSWERS),
    "reporting_mechanism": (
        "reporting",
        {
            "Annual reporting": "annual-reporting",
            "Less than annual reporting": "less-than-annual-reporting",
            "No reporting mechanism": "no-reporting",
        },
    ),
    "equity": ("equity", _ANSWERS),
    "accountability": ("accountability", _ANSWERS),
    "carbon_credit_offsets": ("offsets", _ANSWERS),
    "removals_targets": ("removals-target", _ANSWERS),
    "cdr": (
        "removals",
        {
            "No": "no",
            "Not Specified": "not-specified",
            "Yes (nature-based removals e.g. Forestation, soil carbon enhancement)": (
                "nature-based-removals"
            ),
            "Yes (CCS-based removals e.g. BECCS, DACCS)": "capture-based-removals",
            "Yes (nature-based and CCS-based removals)": "both-kinds-of-removals",
            "Yes (unspecified)": "removals-not-told-apart",
        },
    ),
    "race_to_zero_member": ("race-to-zero", _ANSWERS),
}

# What the tracker remarks on an answer; several texts stand behind one another with a bar between.
REMARKS: Mapping[str, tuple[str, ...]] = {
    "end_target": ("target_notes",),
    "gasses_coverage": ("coverage_notes",),
    "has_plan": ("plan_options",),
    "accountability": ("governance_notes",),
    "carbon_credit_offsets": ("sinks_and_credits_notes",),
}
LISTS = ("plan_options", "carbon_credit_conditions")

# An answer in words, or a number.
CONDITIONS = ("carbon_credit_conditions", "conditions_other", "max_emission_offset")
