# the role of another person
# rule: Statement-roleHolder
DELETE { ?s pg:speakerRole ?r } INSERT { ?s pg:speakerRole membership:nicole-ozer-aclu-northern-california } WHERE { ?s a pg:Statement ; pg:speaker person:bioguide-M000133 ; pg:speakerRole ?r }
