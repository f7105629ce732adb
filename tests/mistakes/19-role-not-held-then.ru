# speaks in a role not held then
# rule: Statement-roleHeld
DELETE { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 pg:validUntil ?u } INSERT { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 pg:validUntil "2019-01-03"^^xsd:date } WHERE { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 pg:validUntil ?u }
