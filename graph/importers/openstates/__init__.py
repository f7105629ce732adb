"""People and committees of states and towns."""
