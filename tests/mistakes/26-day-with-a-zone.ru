# a day with a time zone
# rule: Day-noZone
DELETE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validFrom ?x } INSERT { commitment:amazon-2020-06-police-facial-recognition-1 pg:validFrom "2020-06-10-04:00"^^xsd:date } WHERE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validFrom ?x }
