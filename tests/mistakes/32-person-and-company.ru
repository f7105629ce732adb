# a person that is a company
# rule: Person-notOrganization
INSERT DATA { company:cik-0001018724 a <http://xmlns.com/foaf/0.1/Person> }
