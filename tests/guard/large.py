"""Queries as deep or as long as wanted, one way for each in which the parser may recurse."""

from collections.abc import Callable, Mapping

PREFIX = "PREFIX : <urn:x:> "


def nested(before: str, opener: str, core: str, closer: str, after: str) -> Callable[[int], str]:
    return lambda n: PREFIX + before + opener * n + core + closer * n + after


def chained(before: str, link: str, after: str) -> Callable[[int], str]:
    return lambda n: PREFIX + before + link * n + after


NESTED: Mapping[str, Callable[[int], str]] = {
    "groups": nested("ASK ", "{", "", "}", ""),
    "groups of triples": nested("ASK ", "{ ?s ?p ?o ", "", "}", ""),
    "OPTIONAL": nested("ASK {", "OPTIONAL { ?s ?p ?o ", "", "}", "}"),
    "MINUS": nested("ASK { ?s ?p ?o ", "MINUS { ?s ?p ?o ", "", "}", "}"),
    "GRAPH": nested("ASK {", "GRAPH ?g {", "", "}", "}"),
    "subqueries": nested("SELECT * ", "{ SELECT * ", "{}", "}", ""),
    "EXISTS": nested("ASK {", "FILTER EXISTS {", "", "}", "}"),
    "(NOT EXISTS)": nested("ASK {", "FILTER(NOT EXISTS {", "", "})", "}"),
    "parentheses": nested("ASK { FILTER", "(", "1", ")", "}"),
    "functions": nested("ASK { FILTER(", "STR(", "1", ")", ")}"),
    "IF": nested("ASK { FILTER(", "IF(1,1,", "1", ")", ")}"),
    "COALESCE": nested("ASK { FILTER(", "COALESCE(", "1", ")", ")}"),
    "IN": nested("ASK { FILTER(", "1 IN (", "1", ")", ")}"),
    "aggregates": nested("SELECT (", "COUNT(", "1", ")", " AS ?x) {}"),
    "signs": nested("ASK { FILTER(", "!", "1", "", ")}"),
    "path parentheses": nested("ASK { ?s ", "(", ":a", ")*", " ?o }"),
    "inverse paths": nested("ASK { ?s ", "^(", ":a", ")", " ?o }"),
    "blank nodes": nested("ASK {", "[ :a ", "1", "]", "}"),
    "lists": nested("ASK { ?s ?p ", "(", "1", ")", "}"),
    "triple terms": nested("ASK { ?s ?p ", "<<( ?s ?p ", "1", ")>>", "}"),
    "reified triples": nested("ASK {", "<< ", "?s ?p ?o", " >> ?p ?o", "}"),
    "annotations": nested("ASK { ?s ?p ?o ", "{| ?p ?o ", "", "|}", "}"),
    "templates": nested("CONSTRUCT {", "[ :a ", "1", "]", "} {}"),
    "mixed": nested("ASK {", "FILTER(IF(1, EXISTS { OPTIONAL { ", "", "} }, 1))", "}"),
}
CHAINED: Mapping[str, Callable[[int], str]] = {
    "||": chained("ASK { FILTER(1", "||1", ")}"),
    "+": chained("ASK { FILTER(?x", "+?x", ")}"),
    "*": chained("ASK { FILTER(?x", "*?x", ")}"),
    "+ in brackets": nested("ASK { FILTER(1+1*1", "+1*1+(1", "", ")", ")}"),
    "path /": chained("ASK { ?s :a", "/:a", " ?o }"),
    "path |": chained("ASK { ?s :a", "|:a", " ?o }"),
    "UNION": chained("ASK { {}", "UNION{}", "}"),
    "OPTIONAL": chained("ASK {", "OPTIONAL{}", "}"),
    "MINUS": chained("ASK {?s ?p ?o ", "MINUS{?s ?p ?o}", "}"),
    "FILTER": chained("ASK {", "FILTER(1)", "}"),
    "FILTER EXISTS": chained("ASK {", "FILTER EXISTS{}", "}"),
    "groups": chained("ASK {", "{}", "}"),
    "GRAPH": chained("ASK {", "GRAPH ?g{}", "}"),
    "triples": chained("ASK {", "?s ?p ?o.", "}"),
    "objects": chained("ASK { ?s ?p 1", ",1", "}"),
    "list": chained("ASK { ?s ?p (1", " 1", ")}"),
    "rows": chained("ASK { VALUES ?x {1", " 1", "}}"),
    "arguments": chained("ASK { FILTER(CONCAT(''", ",''", "))}"),
    "order": chained("SELECT * { ?s ?p ?o } ORDER BY ?s", " ?s", ""),
    "group": chained("SELECT (1 AS ?z) { ?s ?p ?o } GROUP BY ?s", " ?s", ""),
    "HAVING": chained("SELECT (1 AS ?z) { ?s ?p ?o } GROUP BY ?s HAVING (1)", "(1)", ""),
    "HAVING STR": chained("SELECT (1 AS ?z) {} GROUP BY ?s HAVING (1)", "STR(1)", ""),
    "FROM": chained("ASK FROM <urn:x>", "FROM <urn:x>", "{}"),
    "DESCRIBE": chained("DESCRIBE <urn:x>", "<urn:x>", ""),
    "prefixes": chained("", "PREFIX : <urn:x>", "ASK {}"),
    "BIND": lambda n: PREFIX + "ASK {" + "".join(f"BIND(1 AS ?x{i})" for i in range(n)) + "}",
    "variables": lambda n: PREFIX + "SELECT" + "".join(f"?x{i}" for i in range(n)) + "{}",
    "columns": lambda n: (
        PREFIX + "ASK {} VALUES (" + "".join(f"?x{i}" for i in range(n)) + ") {(" + "1 " * n + ")}"
    ),
    "aggregates": lambda n: (
        PREFIX + "SELECT" + "".join(f"(COUNT(*) AS ?x{i})" for i in range(n)) + "{}"
    ),
}


def together(depth: int, clauses: int, operators: int) -> str:
    """Put each of the deep things into the one before, so that their stack adds up."""
    nests, some = (depth - 6) // 2, clauses // 8
    columns = "".join(f"(1 AS ?x{i})" for i in range(clauses - 3 * nests - 4 * some - 9))
    deep = "FILTER(NOT EXISTS {" * nests + f"FILTER(?y{'+?y' * operators})" + "})" * nests
    branches = f"{{ {deep} }}" + "UNION{}" * some
    rest = "OPTIONAL{}" * some + "MINUS{}" * some
    return f"{PREFIX}SELECT {columns} {{ {{ {branches} }} {rest} }}"
