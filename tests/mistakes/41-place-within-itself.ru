# a country within its own state
# rule: Jurisdiction-cycle
INSERT DATA { jurisdiction:us pg:withinJurisdiction jurisdiction:us-ma }
