"""SPARQL servers that are measured beside each other, and how: for benchmarks/sparql.py."""
