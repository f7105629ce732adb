// Writes what RDF/JS clients read as one SPARQL results document, so that all clients compare alike.
import { createInterface } from "node:readline";

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

// A request a line, { form, query, ... }; an answer a line, { document } or { error }.
export async function answer(ask) {
  for await (const line of createInterface({ input: process.stdin })) {
    let told;
    try {
      told = { document: await ask(JSON.parse(line)) };
    } catch (error) {
      told = { error: error.message };
    }
    process.stdout.write(`${JSON.stringify(told)}\n`);
  }
}
