SwaggerUIBundle({
  url: "/api/docs/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  // The document is not sent to an external validator.
  validatorUrl: null,
});
