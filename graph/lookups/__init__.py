"""Look-ups: one function for each question that the API asks of the graph."""
