# a Wikidata id as an address
# rule: Identifier-wikidataQid
INSERT DATA { company:cik-0001018724 pg:wikidataQid "https://www.wikidata.org/wiki/Q3884" }
