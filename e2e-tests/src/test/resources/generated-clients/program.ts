import { AuthApi, Configuration, MessagesApi, RoomsApi, Visibility } from "./index";

declare const process: { argv: string[]; exitCode: number };

/** Talks to a Heliograph through the generated client: the arguments are its address, a new username and a password. */
async function main(basePath: string, username: string, password: string): Promise<void> {
  const auth = new AuthApi(new Configuration({ basePath }));
  const profile = await auth.register({
    registrationRequest: { username, email: `${username}@example.com`, password },
  });
  const tokens = await auth.login({ loginRequest: { login: username, password } });
  const configuration = new Configuration({ basePath, accessToken: tokens.accessToken });
  const rooms = new RoomsApi(configuration);
  const messages = new MessagesApi(configuration);

  const room = await rooms.createRoom({ newRoom: { name: "generated", visibility: Visibility.Private } });
  const sent = await messages.sendMessage({ room: room.id, newMessage: { content: "Hello", clientId: "1" } });
  expect(sent.seq === 1 && sent.sender.id === profile.id);
  const listed = await rooms.listRooms();
  expect(listed.items.length === 1 && listed.items[0]?.lastMessage?.content === "Hello");
  const page = await messages.listMessages({ room: room.id });
  expect(page.items[0]?.content === "Hello" && page.next === null);
  console.log("sent, listed and read");
}

function expect(condition: boolean): void {
  if (!condition) {
    throw new Error("not what was expected");
  }
}

main(process.argv[2]!, process.argv[3]!, process.argv[4]!).catch((failure: unknown) => {
  console.error(failure);
  process.exitCode = 1;
});
