# a condition in prose only
# rule: ReleaseCondition-hasCriterion
DELETE WHERE { condition:microsoft-2020-06-police-facial-recognition-1-condition-1 pg:hasCriterion ?c }
