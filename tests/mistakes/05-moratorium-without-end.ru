# a moratorium without an end (a warning)
# rule: Pledge-moratoriumEnd
DELETE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validUntil ?u ; pg:statedDuration ?d } WHERE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validUntil ?u ; pg:statedDuration ?d }
