"""Lobbying disclosures of the United States Senate."""
