# a quotation with a forged middle: first and last words are there
# rule: Statement-evidence
DELETE { ?s pg:quotation ?q } INSERT { ?s pg:quotation "What Amazon should really do is carry on exactly as it has done altogether."@en } WHERE { ?s a pg:Statement ; pg:speaker person:bioguide-M000133 ; pg:quotation ?q FILTER(STRLEN(?q) > 20) }
