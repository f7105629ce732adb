"""Members of the United States Congress, their terms and committees."""
