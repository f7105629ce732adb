// Show the interface's description with Swagger UI, which lies on this host.
window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", validatorUrl: null });
