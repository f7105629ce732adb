"""Features of agents out of the data pack, so that labelled pairs can be compared before import."""
