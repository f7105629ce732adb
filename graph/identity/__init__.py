"""Who is who: the same person or organization across sources, as data that can be taken back."""
