"""Records of our model, made from a seed in the proportions of the real data sets."""
