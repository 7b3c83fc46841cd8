// A small choice of reactions, and a field for any other.

import { button, element } from "../ui/dom.js";
import { roving } from "../ui/roving.js";

const COLUMNS = 6;
const CHOICE = [
  ["👍", "thumbs up"], ["👎", "thumbs down"], ["❤️", "heart"], ["😂", "laughing"], ["🎉", "party"], ["🙏", "thanks"],
  ["😮", "surprised"], ["😢", "sad"], ["😡", "angry"], ["🤔", "thinking"], ["👀", "eyes"], ["✅", "done"],
  ["❌", "no"], ["🔥", "fire"], ["🚀", "rocket"], ["💯", "hundred"], ["👏", "applause"], ["😄", "smile"],
  ["😉", "wink"], ["🙌", "hooray"], ["💡", "idea"], ["☕", "coffee"], ["🐛", "bug"], ["🙈", "see no evil"],
];

/** A popover: it closes with Escape or a press elsewhere, and returns the focus. */
export class EmojiPicker {
  #chosen = () => {};

  constructor() {
    const choose = (emoji) => {
      this.node.hidePopover();
      this.#chosen(emoji);
    };
    const grid = element(
      "div",
      { className: "emoji", role: "group", "aria-label": "Reactions" },
      ...CHOICE.map(([emoji, name], at) =>
        button({ "aria-label": name, title: name, tabIndex: at === 0 ? 0 : -1, onclick: () => choose(emoji) }, emoji),
      ),
    );
    roving(grid, "button", { columns: () => COLUMNS });
    const other = element("input", { name: "emoji", maxLength: 16, autocomplete: "off", placeholder: "Another emoji", "aria-label": "Another emoji" });
    this.form = element("form", {}, other, element("button", { type: "submit" }, "React"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const emoji = other.value.trim();
      if (emoji) {
        choose(emoji);
      }
    });
    this.node = element("div", { className: "popover emoji-picker", popover: "auto", role: "dialog", "aria-label": "React" }, grid, this.form);
    this.grid = grid;
  }

  /** Opens beside a button or a row. */
  open(beside, chosen) {
    this.#chosen = chosen;
    this.form.reset();
    this.node.showPopover();
    const { top, bottom, right } = beside.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.node;
    const below = bottom + 4 + offsetHeight <= innerHeight;
    this.node.style.top = `${Math.max(4, below ? bottom + 4 : top - offsetHeight - 4)}px`;
    this.node.style.left = `${Math.max(4, Math.min(right, innerWidth - 4) - offsetWidth)}px`;
    this.grid.querySelector("button[tabindex='0']").focus();
  }
}
