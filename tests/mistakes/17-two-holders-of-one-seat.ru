# two terms overlap in one numbered seat
# rule: Term-overlap
INSERT { term:other a pg:Term ; org:member person:brad-smith-microsoft ; org:organization organization:us-senate ; pg:heldSeat seat:us-senate-ma-class-2 ; pg:validFrom "2020-12-01"^^xsd:date ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
