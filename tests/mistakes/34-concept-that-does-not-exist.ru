# a concept that does not exist
# rule: ConductRule-action
INSERT DATA { commitment:amazon-2020-06-police-facial-recognition-1 pg:action action:selll }
