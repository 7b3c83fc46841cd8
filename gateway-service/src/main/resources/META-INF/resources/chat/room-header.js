// The header above the messages: the name of the room, its topic, and the number of users online.

import { element, icon } from "../ui/dom.js";
import { nameOfRoom } from "./message-state.js";

const $ = (id) => document.getElementById(id);

/** @param {import("/client/index.js").Room | null} room without one there is no header */
export function showRoomHeader(room) {
  document.querySelector("#room > header").hidden = !room;
  $("room-name").textContent = nameOfRoom(room?.info) ?? "";
  // The other one of a direct room, beside the reader.
  const isOtherOnline = room?.info?.kind === "direct" && room.online > 1;
  $("room-topic").textContent = isOtherOnline ? "online" : (room?.info?.topic ?? "");
  if (room) {
    $("details").replaceChildren(icon("people"), element("span", {}, String(room.online)));
    $("details").setAttribute("aria-label", `People and settings, ${room.online} online`);
  }
}
