"""``pledgegraph serve --plain``: an empty scratch store over HTTP, in which nothing is validated.

It is there for test suites and for trying SPARQL, shares the reading of requests and the writing
of results with the real endpoint, and serves nothing of a home.
"""
