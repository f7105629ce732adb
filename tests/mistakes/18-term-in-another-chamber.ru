# a term in a chamber that has not that seat
# rule: Term-chamber
DELETE { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 org:organization ?c } INSERT { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 org:organization organization:us-congress } WHERE { term:bioguide-M000133-us-senate-ma-class-2-2015-01-06 org:organization ?c }
