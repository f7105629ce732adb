# a record without a name of its own
# rule: Record-iri
INSERT { _:b a pg:Position ; pg:holder organization:eff ; pg:stance stance:support ; pg:target pledge:microsoft-2020-06-police-facial-recognition ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
