"""Queries that are generated, with as little space between their terminals as the parser allows."""

from hypothesis import strategies as st

PROLOGUE = (
    "BASE <http://base.example/> PREFIX : <urn:a:> PREFIX a.b: <urn:b:> PREFIX service: <urn:c:> "
    "PREFIX silent: <urn:d:> PREFIX filter: <urn:e:> PREFIX x-service: <urn:f:> "
)
SERVICE_WORDS = ("SERVICE", "service", "SeRvIcE SILENT", "SERVICESILENT")


def either(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


GLUE = either("", "", "", " ", "\n", "#'SERVICE <urn:s> {\r", '\t# "\n')
VARIABLES = either("?a", "$b", "?service", "?\u20a0SERVICE")
IRIS = either(
    "<urn:p>", "<http://service.example/#SERVICE>", "<'>", "<rel#x>", "<?a)SERVICE?b#>",
    ":n", ":a.b", "a.b:c", "service:x", "filter:y", ":\\'", ":%41SERVICE", "x-service:", "silent:z",
)  # fmt: skip
LITERALS = either(
    "1", "1.5", ".5", "1e6", "true", "false", "'SERVICE ?a {}'", "'''a''b'''",
    '"it\'s \\" SERVICE"',
    '"""\n"SERVICE <urn:s> {}"""', "'x'@en-service", "'x'^^<urn:t>", "'x'^^service:t", "''", '""',
)  # fmt: skip
TERMS = VARIABLES | IRIS | LITERALS | either("_:b.c", "[]", "( )", "_:SERVICE")


def joined(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    """Put parts side by side with, at best, nothing between them."""
    each = [part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts]
    glued = [piece for part in each for piece in (GLUE, part)][1:]
    return st.tuples(*glued).map("".join)


def repeated(part: st.SearchStrategy[str], between: str = "") -> st.SearchStrategy[str]:
    return st.lists(joined(between, part), min_size=0, max_size=3).map("".join)


def paths_of(path: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return joined("(", path, ")") | joined(path, either("/", "|"), path) | joined("^", path)


PATHS = st.recursive(
    IRIS | either("a") | joined(IRIS, either("*", "+", "?")), paths_of, max_leaves=3
)


def expressions_of(expression: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operator = either("<", "<=", ">", "=", "!=", "&&", "||", "+", "-", "*", "/")
    return (
        joined(expression, operator, expression)
        | joined("(", expression, ")")
        | joined(IRIS, "(", expression, ")")
        | joined(either("STR", "isIRI", "!STRLEN"), "(", expression, ")")
        | joined(expression, either("IN", "NOT IN", "NOTIN"), "(", expression, ")")
        | joined("EXISTS", "{", VARIABLES, PATHS, VARIABLES, "}")
    )


EXPRESSIONS = st.recursive(VARIABLES | LITERALS | IRIS, expressions_of, max_leaves=4)
TRIPLES = joined(VARIABLES | IRIS, VARIABLES | PATHS, TERMS) | joined(
    VARIABLES, PATHS, "(", TERMS, TERMS, ")", ";", PATHS, "[", PATHS, TERMS, "]"
)
SERVICES = joined(either(*SERVICE_WORDS), VARIABLES | IRIS, "{", TRIPLES, "}")


def items_of(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = joined("{", items, "}")
    return (
        joined(items, items)
        | joined(group, "UNION", group)
        | joined(either("OPTIONAL", "MINUS"), group)
        | joined("GRAPH", VARIABLES | IRIS, group)
        | joined("FILTER", "(", EXPRESSIONS, ")", items)
        | joined("FILTER", IRIS, "(", EXPRESSIONS, ")", items)
        | joined("FILTER", either("EXISTS", "NOT EXISTS", "NOTEXISTS"), group)
        | joined("{", "SELECT", "(", EXPRESSIONS, "AS", "?z", ")", group, "}")
        | joined("VALUES", "?v", "{", repeated(IRIS | LITERALS), "}")
        | joined(TRIPLES, ".", items)
    )


def queries(leaf: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Queries whose pattern is made of triples and ``leaf``."""
    body = st.recursive(TRIPLES | leaf, items_of, max_leaves=5)
    heads = either("ASK", "SELECT *", "SELECT*", "SELECT DISTINCT ?a", "DESCRIBE ?a WHERE")
    tails = st.just("") | joined("ORDER BY", "(", EXPRESSIONS, ")", "?a") | joined("LIMIT", "1")
    return joined(heads, "{", body, "}", tails).map(PROLOGUE.__add__)
