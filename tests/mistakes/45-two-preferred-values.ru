# two preferred values for one property
# rule: Assertion-onePreferred
INSERT {
  assertion:x a pg:Assertion ; pg:assertionAbout commitment:amazon-2020-06-police-facial-recognition-1 ; pg:assertedProperty pg:validUntil ; pg:assertedValue "2021-06-10"^^xsd:date ; pg:rank rank:preferred ; pg:rankReason "No reason."@en ; pg:hasEvidence ?e .
  assertion:y a pg:Assertion ; pg:assertionAbout commitment:amazon-2020-06-police-facial-recognition-1 ; pg:assertedProperty pg:validUntil ; pg:assertedValue "2022-06-10"^^xsd:date ; pg:rank rank:preferred ; pg:rankReason "No reason."@en ; pg:hasEvidence ?e
} WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
