# a pledge with no evidence
# rule: Record-hasEvidence
DELETE WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
