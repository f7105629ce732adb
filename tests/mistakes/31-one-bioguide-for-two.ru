# two people with one Bioguide id
# rule: Identifier-unique
INSERT DATA { person:brad-smith-microsoft pg:bioguide "M000133" }
