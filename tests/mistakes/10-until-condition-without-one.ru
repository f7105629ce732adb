# until a condition, but which?
# rule: Commitment-untilCondition
DELETE WHERE { commitment:microsoft-2020-06-police-facial-recognition-1 pg:hasReleaseCondition ?c }
