# a month where a day belongs
# rule: Interval-validFrom
DELETE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validFrom ?x } INSERT { commitment:amazon-2020-06-police-facial-recognition-1 pg:validFrom "2020-06"^^xsd:gYearMonth } WHERE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validFrom ?x }
