"""Bills of Congress and recorded votes, as JSON of the Congress.gov API."""
