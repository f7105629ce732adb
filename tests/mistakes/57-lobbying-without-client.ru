# lobbying for nobody
# rule: LobbyingActivity-client
DELETE WHERE { lobbying:microsoft-2020-06-state-police-facial-recognition pg:client ?c }
