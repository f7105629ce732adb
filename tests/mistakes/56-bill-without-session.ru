# a bill that does not say of which session
# rule: Bill-session
INSERT { bill:b a pg:Bill ; pg:inJurisdiction jurisdiction:us ; pg:billNumber "S.2" ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
