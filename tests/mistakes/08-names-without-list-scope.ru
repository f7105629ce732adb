# named beneficiaries, no list scope
# rule: Exemption-listScopeGiven
DELETE WHERE { exemption:amazon-2020-06-police-facial-recognition-1-exemption-1 pg:listScope ?l }
