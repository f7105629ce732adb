# an allegation that nobody makes
# rule: Record-claimant
DELETE WHERE { ?c pg:claims lobbying:microsoft-2020-06-state-police-facial-recognition }
