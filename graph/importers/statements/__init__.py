"""Recorded positions, documents and surveys."""
