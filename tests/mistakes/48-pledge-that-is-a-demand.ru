# a commitment that is a demand as well
# rule: Record-kind
INSERT DATA { commitment:amazon-2020-06-police-facial-recognition-1 a pg:Demand }
