// Comunica: { form, query, source } where the source is an address or { type, value }
import { QueryEngine } from "@comunica/query-sparql";
import { answer, boolean, solutions, triples } from "./terms.mjs";

await answer(async ({ form, query, source }) => {
  const engine = new QueryEngine();
  const context = { sources: [source] };
  if (form === "ask") return boolean(await engine.queryBoolean(query, context));
  if (form === "select") {
    const rows = await (await engine.queryBindings(query, context)).toArray();
    return solutions(rows.map((row) => [...row].map(([name, term]) => [name.value, term])));
  }
  return triples(await (await engine.queryQuads(query, context)).toArray());
});
