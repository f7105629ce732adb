// fetch-sparql-endpoint: { form, query, endpoint, method, directPost, parameters }
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";
import { answer, boolean, solutions, triples } from "./terms.mjs";

await answer(async ({ form, query, endpoint, method, directPost, parameters }) => {
  const fetcher = new SparqlEndpointFetcher({
    method,
    directPost,
    additionalUrlParams: new URLSearchParams(parameters),
  });
  if (form === "ask") return boolean(await fetcher.fetchAsk(endpoint, query));
  if (form === "select") {
    const rows = await (await fetcher.fetchBindings(endpoint, query)).toArray();
    return solutions(rows.map(Object.entries));
  }
  return triples(await (await fetcher.fetchTriples(endpoint, query)).toArray());
});
