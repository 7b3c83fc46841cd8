// The sign-in form of the pages for operators.

import { signIn } from "/api.js";
import { element } from "./dom.js";

export class SignInForm {
  #node;
  #form;
  #hint = element("p", { className: "hint", id: "sign-in-hint" }, "Sign in as an administrator.");
  #error = element("p", { className: "error", id: "sign-in-error", role: "alert" });
  #onSignedIn;
  #describe;

  /**
   * @param {HTMLElement} node gets the form
   * @param {string} title the name of the page
   * @param {() => (void | Promise<void>)} onSignedIn shows the page; the form shows its failure
   * @param {(failure: Error) => string} [describe] the text of a failure
   */
  constructor(node, title, onSignedIn, describe = (failure) => failure.message) {
    this.#node = node;
    this.#onSignedIn = onSignedIn;
    this.#describe = describe;
    this.#form = element(
      "form",
      { className: "card", id: "sign-in" },
      element("h1", {}, element("img", { src: "/icon.svg", alt: "", width: 36, height: 36 }), ` ${title}`),
      this.#hint,
      element("label", {}, "Name or e-mail ", input("login", "text", "username", 254)),
      element("label", {}, "Password ", input("password", "password", "current-password", 1024)),
      this.#error,
      element("button", { type: "submit" }, "Sign in"),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    node.append(this.#form);
  }

  /** @param {string} [hint] why the user has to sign in */
  show(hint) {
    this.#node.hidden = false;
    if (hint) {
      this.#hint.textContent = hint;
    }
    this.#form.elements.login.focus();
  }

  hide() {
    this.#node.hidden = true;
  }

  async #submit() {
    const { login, password } = this.#form.elements;
    this.#error.textContent = "";
    try {
      await signIn(login.value.trim(), password.value);
      password.value = "";
      await this.#onSignedIn();
    } catch (failure) {
      this.#error.textContent = this.#describe(failure);
    }
  }
}

function input(name, type, autocomplete, maxLength) {
  return element("input", { name, type, autocomplete, maxLength, required: true });
}
