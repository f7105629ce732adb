"""What the words mean: one Turtle file a subject."""
