"""What follows from the records: when they were known, how firmly they stand, what was in force."""
