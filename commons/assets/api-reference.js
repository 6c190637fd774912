// Draws the reference from our own description. No validator: nothing leaves this site.
const place = document.getElementById("api-reference");
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  validatorUrl: null,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
});
