# supersedes the pledge of another company
# rule: Pledge-supersedesOwn
INSERT DATA { pledge:amazon-2020-06-police-facial-recognition pg:supersedes pledge:ibm-2020-06-facial-recognition }
