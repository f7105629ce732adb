# a stored standing on a record
# rule: Record-noDerived
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition pg:epistemicStatus epistemic-status:confirmed }
