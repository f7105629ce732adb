# a text where a concept belongs
# rule: ConductRule-action
INSERT DATA { commitment:amazon-2020-06-police-facial-recognition-1 pg:action "sell" }
