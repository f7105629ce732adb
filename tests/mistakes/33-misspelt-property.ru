# a misspelt property
# rule: Pledge-closed
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition pg:pledger company:cik-0001018724 }
