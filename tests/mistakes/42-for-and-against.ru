# supports and opposes at once
# rule: Position-conflict
INSERT { position:a a pg:Position ; pg:holder organization:eff ; pg:target pledge:microsoft-2020-06-police-facial-recognition ; pg:stance stance:support ; pg:hasEvidence ?e . position:b a pg:Position ; pg:holder organization:eff ; pg:target pledge:microsoft-2020-06-police-facial-recognition ; pg:stance stance:oppose ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
