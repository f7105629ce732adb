# two preferred values for one property
# rule: Assertion-onePreferred
INSERT { assertion:x a pg:Assertion ; pg:assertionAbout commitment:amazon-2020-06-police-facial-recognition-1 ; pg:assertedProperty pg:action ; pg:assertedValue action:sell ; pg:rank rank:preferred ; pg:rankReason "No reason."@en ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
