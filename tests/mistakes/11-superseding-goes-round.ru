# a chain of pledges that supersede each other
# rule: Pledge-supersedesCycle
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition pg:supersedes pledge:amazon-2020-06-police-facial-recognition }
