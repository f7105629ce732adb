"""The curated records, one file a source document."""
