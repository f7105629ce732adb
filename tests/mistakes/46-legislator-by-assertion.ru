# a legislator without a term
# rule: Legislator-derived
INSERT DATA { person:brad-smith-microsoft a pg:Legislator }
