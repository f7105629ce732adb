# the earliest day after the latest
# rule: Dated-order
DELETE { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 pg:dateEarliest ?x } INSERT { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 pg:dateEarliest "2020-07-02"^^xsd:date } WHERE { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 pg:dateEarliest ?x }
