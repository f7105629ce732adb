# an extension to an earlier end
# rule: Extension-later
INSERT DATA { event:amazon-2020-06-police-facial-recognition-extension-2021-05-18 pg:newValidUntil "2021-01-01"^^xsd:date }
