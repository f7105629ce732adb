# a pledge that is a law as well
# rule: Record-kind
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition a pg:Law }
