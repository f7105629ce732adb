# owl:sameAs to another graph
# rule: SameAs-none
INSERT DATA { company:cik-0001018724 <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q3884> }
