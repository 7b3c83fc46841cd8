// The menu of the account of the reader.

const $ = (id) => document.getElementById(id);

export class AccountMenu {
  /** @param {import("./workspace.js").Workspace} workspace */
  constructor(workspace) {
    this.workspace = workspace;
  }

  /** Returns a function that ends it. */
  wire() {
    const { client, dialogs } = this.workspace;
    const actions = {
      notifications: () => this.#turnNotifications(),
      shortcuts: () => dialogs.shortcuts.open(),
      "export-me": () => dialogs.exports.openForMe(),
      "sign-out": () => client.signOut().catch(() => {}),
    };
    const listeners = Object.entries(actions).map(([id, act]) => {
      const listener = () => {
        $("account-menu").hidePopover();
        void act();
      };
      $(id).addEventListener("click", listener);
      return () => $(id).removeEventListener("click", listener);
    });
    this.#show();
    void this.#name();
    return () => listeners.forEach((off) => off());
  }

  /** The names of a user, possibly the reader, have changed. */
  renamed(user) {
    if (user.id === this.workspace.client.user?.id) {
      this.workspace.me = { ...this.workspace.me, ...user };
      $("me").textContent = user.displayName || user.username;
    }
  }

  async #name() {
    $("me").textContent = this.workspace.client.user?.username ?? "";
    const me = await this.workspace.client.request("GET", "/api/users/me").catch(() => null);
    if (me) {
      this.workspace.me = me;
      $("me").textContent = me.displayName || me.username;
    }
  }

  async #turnNotifications() {
    const { notifications, toasts } = this.workspace;
    const refusal = await notifications.turn(!notifications.isOn);
    this.#show();
    toasts.show(refusal ?? (notifications.isOn ? "You are notified while this page is in the background." : "You are not notified any more."));
  }

  #show() {
    const { notifications } = this.workspace;
    $("notifications").hidden = !notifications.isPossible;
    $("notifications").setAttribute("aria-pressed", String(notifications.isOn));
    $("notifications").textContent = notifications.isOn ? "Turn notifications off" : "Turn notifications on";
  }
}
