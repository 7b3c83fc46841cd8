SwaggerUIBundle({
  url: "/api/docs/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  // Of what is shown here nobody elsewhere is asked whether it is valid.
  validatorUrl: null,
});
