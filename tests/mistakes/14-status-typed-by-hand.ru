# a stored status on a pledge
# rule: Record-noDerived
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition pg:status status:in-force }
