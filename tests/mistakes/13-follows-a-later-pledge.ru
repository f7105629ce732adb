# follows the lead of a later pledge
# rule: Pledge-followsEarlier
INSERT DATA { pledge:ibm-2020-06-facial-recognition pg:followsLeadOf pledge:microsoft-2020-06-police-facial-recognition }
