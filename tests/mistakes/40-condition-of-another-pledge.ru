# the condition of another pledge is met
# rule: ConditionMet-ownCondition
INSERT { event:c a pg:ConditionMet ; pg:concerns pledge:amazon-2020-06-police-facial-recognition ; pg:meetsCondition condition:microsoft-2020-06-police-facial-recognition-1-condition-1 ; pg:dateEdtf "2021-01-01"^^<http://id.loc.gov/datatypes/edtf> ; pg:dateEarliest "2021-01-01"^^xsd:date ; pg:dateLatest "2021-01-01"^^xsd:date ; pg:dateBasis date-basis:stated ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
