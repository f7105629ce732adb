"""Hold the graph and answer questions; knows nothing of HTTP."""
