"""Curated records: short YAML files in, JSON-LD nodes with their origins out."""
