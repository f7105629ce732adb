# offsets that do not fit the quotation
# rule: Quotation-offsets
DELETE { ?e pg:endOffset ?t } INSERT { ?e pg:endOffset 9999 } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e . ?e pg:endOffset ?t }
