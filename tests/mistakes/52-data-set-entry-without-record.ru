# a place in a data set that names no record
# rule: DataSetEntry-recordIdentifier
DELETE { ?e pg:recordIdentifier ?r } WHERE { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 pg:hasEvidence ?e . ?e pg:recordIdentifier ?r }
