# a position that is a pledge as well
# rule: Record-kind
INSERT { ?p a pg:Pledge } WHERE { ?p a pg:Position }
