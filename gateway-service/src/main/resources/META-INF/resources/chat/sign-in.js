// Signing in and registering: two forms, each with its own words.

import { element } from "../ui/dom.js";

export class SignIn {
  #forms;
  #client;

  /**
   * @param {HTMLElement} node holds the forms `#sign-in` and `#register`
   * @param {import("/client/index.js").HeliographClient} client
   */
  constructor(node, client) {
    this.node = node;
    this.#client = client;
    this.#forms = { signIn: node.querySelector("#sign-in"), register: node.querySelector("#register") };
    this.hint = node.querySelector("#sign-in .hint");
    this.#onSubmit(this.#forms.signIn, (form) => this.#enter(form));
    this.#onSubmit(this.#forms.register, (form) => this.#register(form));
    node.querySelectorAll(".switch").forEach((button) => button.addEventListener("click", () => this.#switch()));
  }

  /** @param {string} [hint] why the user has to sign in */
  show(hint) {
    this.node.hidden = false;
    if (hint) {
      this.hint.textContent = hint;
    }
    this.#shown.querySelector("input").focus();
  }

  hide() {
    this.node.hidden = true;
    Object.values(this.#forms).forEach((form) => form.reset());
  }

  get #shown() {
    return this.#forms.register.hidden ? this.#forms.signIn : this.#forms.register;
  }

  /** Copies the typed text from one form to the other. */
  #switch() {
    const { signIn, register } = this.#forms;
    register.hidden = !register.hidden;
    signIn.hidden = !register.hidden;
    const login = signIn.elements.login.value;
    if (!register.hidden && login !== "") {
      register.elements[login.includes("@") ? "email" : "username"].value = login;
    }
    document.title = register.hidden ? "Sign in – Heliograph" : "Register – Heliograph";
    this.#shown.querySelector("input").focus();
  }

  async #enter(form) {
    await this.#client.signIn(form.elements.login.value.trim(), form.elements.password.value);
  }

  async #register(form) {
    const { username, email, displayName, password } = form.elements;
    const account = { username: username.value.trim(), email: email.value.trim(), password: password.value };
    await this.#client.register({ ...account, ...(displayName.value.trim() && { displayName: displayName.value.trim() }) });
    await this.#client.signIn(account.username, account.password);
  }

  #onSubmit(form, action) {
    const submit = form.querySelector("[type=submit]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clear(form);
      submit.disabled = true;
      try {
        await action(form);
      } catch (failure) {
        show(form, failure);
      } finally {
        submit.disabled = false;
      }
    });
  }
}

/** Codes that speak of one field. */
const FIELDS = { username_taken: "username", email_taken: "email" };

/** Shows each error at its field, and errors without a field at the end. */
function show(form, failure) {
  const field = FIELDS[failure.code];
  const errors = field ? [{ field, message: failure.message }] : failure.errors;
  const left = (errors ?? []).filter(({ field, message }) => !showAt(form.elements[field], message));
  const text = left.map(({ field, message }) => `${field} ${message}`).join("; ");
  const isShown = errors?.length > 0 && left.length === 0;
  form.querySelector("[role=alert]").textContent = isShown ? "" : text || failure.message;
  form.querySelector("[aria-invalid]")?.focus();
}

function showAt(input, message) {
  if (!input) {
    return false;
  }
  const note = element("span", { className: "error", id: `${input.name}-error` }, message);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-errormessage", note.id);
  input.setAttribute("aria-describedby", note.id);
  input.after(note);
  return true;
}

function clear(form) {
  form.querySelector("[role=alert]").textContent = "";
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    ["aria-invalid", "aria-errormessage", "aria-describedby"].forEach((name) => input.removeAttribute(name));
    input.nextElementSibling.remove();
  }
}
