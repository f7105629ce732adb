"""What a change can matter to: the focus nodes whose verdict may be another than before."""
