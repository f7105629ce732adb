"""Climate goals of companies, as the Net Zero Tracker codes them."""
