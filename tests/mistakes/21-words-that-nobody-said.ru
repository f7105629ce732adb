# a quotation that the source does not contain
# rule: Statement-evidence
INSERT { ?s pg:quotation "We fully support Amazon and its products"@en } WHERE { ?s a pg:Statement ; pg:speaker person:bioguide-M000133 }
