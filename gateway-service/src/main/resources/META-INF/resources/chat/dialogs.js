// The dialogs of the page.

import { DirectoryDialog } from "./directory-dialog.js";
import { ExportDialog } from "./export-dialog.js";
import { ImportDialog } from "./import-dialog.js";
import { NewRoomDialog } from "./new-room-dialog.js";
import { RoomDialog } from "./room-dialog.js";
import { SearchDialog } from "./search-dialog.js";
import { ShortcutsDialog } from "./shortcuts-dialog.js";

export class Dialogs {
  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {object} page
   * @param {import("./rooms-list.js").RoomsList} page.rooms
   * @param {import("./membership.js").Membership} page.membership
   * @param {(text: string) => void} page.notice
   * @param {(room: string) => Promise<void>} page.enter opens a room that the reader has come into
   * @param {(room: string) => void} page.open
   * @param {(room: string, seq: number) => void} page.goTo
   * @param {(room: string) => void} page.described is called when a room has another name or topic
   */
  constructor(client, page) {
    const { rooms, membership, notice } = page;
    this.imports = new ImportDialog(client);
    this.exports = new ExportDialog(client);
    this.directory = new DirectoryDialog(client, {
      isMember: (id) => rooms.has(id),
      joined: (info) => page.enter(info.id),
      open: page.open,
    });
    this.newRoom = new NewRoomDialog(client, (room) => {
      membership.made(room);
      page.open(room.id);
    });
    this.search = new SearchDialog(client, { nameOf: (id) => rooms.nameOf(id) ?? "a room", goTo: page.goTo });
    this.details = new RoomDialog({
      client,
      notice,
      changed: (room) => page.described(room.id),
      leaving: (room) => membership.expect(room.id),
      left: (room) => membership.left(room.id),
      message: async ({ id }) => page.enter((await client.directRoom(id)).id),
      importInto: (room) => this.imports.open({ id: room.id, name: room.info?.name }),
      exportFrom: (room) => this.exports.openForRoom({ id: room.id, name: room.info?.name }),
    });
    this.shortcuts = new ShortcutsDialog();
  }

  remove() {
    [this.imports, this.exports].forEach((dialog) => dialog.remove());
    [this.directory, this.newRoom, this.search, this.details, this.shortcuts].forEach(({ dialog }) => dialog.remove());
  }
}
