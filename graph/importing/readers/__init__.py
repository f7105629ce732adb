"""Read the files of data sets: packed or not, one record at a time, and nothing that is a trap."""
