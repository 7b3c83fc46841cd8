// A form with one field.

import { element } from "/ui/dom.js";

/** Calls `find` with the typed text. */
export function searchForm(label, properties, find) {
  const input = element("input", { name: "query", type: "search", ...properties });
  const form = element(
    "form",
    { className: "search", role: "search" },
    element("label", {}, label, input),
    element("button", { type: "submit" }, "Search"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find(input.value.trim());
  });
  return form;
}
