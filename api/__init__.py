"""Speak HTTP: SPARQL, REST look-ups, pages and the command line."""
