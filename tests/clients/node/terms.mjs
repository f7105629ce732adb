// Writes what RDF/JS clients read as one SPARQL results document, so that all clients compare alike.

function written(term) {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  if (term.termType === "BlankNode") return { type: "bnode", value: term.value };
  const literal = { type: "literal", value: term.value };
  if (term.language) return { ...literal, "xml:lang": term.language };
  return { ...literal, datatype: term.datatype.value };
}

function row(entries) {
  return Object.fromEntries([...entries].map(([name, term]) => [name, written(term)]));
}

export function boolean(value) {
  return { head: {}, boolean: value };
}

export function solutions(rows) {
  const bindings = rows.map(row);
  const vars = [...new Set(bindings.flatMap(Object.keys))];
  return { head: { vars }, results: { bindings } };
}

export function triples(quads) {
  return solutions(
    quads.map((quad) => Object.entries({ s: quad.subject, p: quad.predicate, o: quad.object })),
  );
}

// One request a run: { form, query, ... } on standard input, the document on standard output.
export async function answer(ask) {
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  try {
    process.stdout.write(JSON.stringify(await ask(JSON.parse(text))));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
