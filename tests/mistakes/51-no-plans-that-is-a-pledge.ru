# a statement of no plans with a pledgor
# rule: NoPlansStatement-notPledge
INSERT { no-plans-statement:n a pg:NoPlansStatement ; pg:declaredBy company:cik-0001018724 ; pg:action action:sell ; pg:pledgor company:cik-0001018724 ; pg:hasEvidence ?e } WHERE { pledge:amazon-2020-06-police-facial-recognition pg:hasEvidence ?e }
