# bounds that the date cannot mean
# rule: Dated-within
DELETE { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 pg:dateLatest ?x } INSERT { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 pg:dateLatest "2020-07-02"^^xsd:date } WHERE { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 pg:dateLatest ?x }
