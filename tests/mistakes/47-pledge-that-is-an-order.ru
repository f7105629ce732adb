# a pledge that is an order as well
# rule: Record-kind
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition a pg:Order }
