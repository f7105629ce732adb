# an exemption for the pledgor itself
# rule: Exemption-ownPledgor
INSERT DATA { exemption:amazon-2020-06-police-facial-recognition-1-exemption-1 pg:beneficiary company:cik-0001018724 }
