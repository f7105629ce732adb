# a withdrawal before the announcement
# rule: PledgeEvent-afterAnnouncement
INSERT { event:w a pg:Withdrawal ; pg:concerns pledge:amazon-2020-06-police-facial-recognition ; pg:dateEdtf "2019-01-01"^^<http://id.loc.gov/datatypes/edtf> ; pg:dateEarliest "2019-01-01"^^xsd:date ; pg:dateLatest "2019-01-01"^^xsd:date ; pg:dateBasis date-basis:stated ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
