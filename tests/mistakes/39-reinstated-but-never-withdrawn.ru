# a reinstatement without a withdrawal
# rule: Reinstatement-withdrawn
INSERT { event:r a pg:Reinstatement ; pg:concerns pledge:amazon-2020-06-police-facial-recognition ; pg:dateEdtf "2021-01-01"^^<http://id.loc.gov/datatypes/edtf> ; pg:dateEarliest "2021-01-01"^^xsd:date ; pg:dateLatest "2021-01-01"^^xsd:date ; pg:dateBasis date-basis:stated ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
