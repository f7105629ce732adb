# evidence that does not say in whose voice
# rule: Evidence-voice
DELETE { ?e pg:voice ?v } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e . ?e pg:voice ?v }
