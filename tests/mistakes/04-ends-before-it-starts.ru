# a moratorium that ends before it starts
# rule: Interval-order
DELETE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validUntil ?u } INSERT { commitment:amazon-2020-06-police-facial-recognition-1 pg:validUntil "2020-06-01"^^xsd:date } WHERE { commitment:amazon-2020-06-police-facial-recognition-1 pg:validUntil ?u }
