"""What data must look like: one Turtle file a subject."""
