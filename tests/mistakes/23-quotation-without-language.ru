# a quotation without its language
# rule: Statement-quotation
INSERT { ?s pg:quotation "pause" } WHERE { ?s a pg:Statement ; pg:speaker person:bioguide-M000133 }
