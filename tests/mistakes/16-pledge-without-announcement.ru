# a pledge without an announcement
# rule: Pledge-announcement
DELETE WHERE { event:amazon-2020-06-police-facial-recognition-announcement-2020-06-10 ?p ?o }
