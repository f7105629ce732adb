# evidence without a quotation
# rule: Quotation-exactText
DELETE { ?e pg:exactText ?t } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e . ?e pg:exactText ?t }
