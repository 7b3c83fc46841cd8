import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tool = (name) => join(root, "node_modules/.bin", name);

/** What a page pays for the client. */
const MAX_BYTES = 12 * 1024;

const tools = existsSync(tool("tsc")) && existsSync(tool("esbuild"));
const withTools = tools ? {} : { skip: "npm install has not been run here: NOT tested" };
if (!tools) {
  console.error("WARNING: without npm install, types, size and contents of the package are NOT tested");
}

/** A program that uses the package with TypeScript. */
const PROGRAM = `
import { HeliographClient, HeliographError, type Message, type OutboxEntry } from "@heliograph/client";

const client = new HeliographClient({ url: "http://localhost", token: async () => "a token", storage: localStorage });
client.on("message", (message: Message) => console.log(message.sender.username, message.reactions[0]?.count));
client.on("state", (state) => state.name === "stopped" && console.log(state.reason, state.code));
client.on("outbox", (entry: OutboxEntry) => entry.state === "failed" && console.log(entry.error?.code));
const seq: number = (await client.room("id").send("text")).seq;
client.room("id").on("presence", ({ online }) => online.toFixed());
// @ts-expect-error there is no such event
client.on("mesage", () => {});
// @ts-expect-error a seq is a number
client.room("id").edit("1", "text");
export const codes = (failure: unknown) => failure instanceof HeliographError && failure.code + seq;
`;

async function temporary(t) {
  const folder = await mkdtemp(join(tmpdir(), "heliograph-client-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("package: its types hold", withTools, async () => {
  await run(tool("tsc"), ["-p", root, "--noEmit"]);
});

test("package: it is small", withTools, async () => {
  const { stdout } = await run(
    tool("esbuild"),
    ["--bundle", "--minify", "--format=esm", "--target=es2022", join(root, "src/index.js")],
    { encoding: "buffer" },
  );

  const bytes = gzipSync(stdout, { level: 9 }).length;
  console.log(`${stdout.length} bytes minified, ${bytes} with gzip`);
  assert.ok(bytes <= MAX_BYTES, `${bytes} bytes`);
});

test("package: it holds what is needed and nothing else, and TypeScript knows its types", withTools, async (t) => {
  const folder = await temporary(t);
  const options = ["pack", "--json", "--pack-destination", folder];
  const { stdout } = await run("npm", options, { cwd: root });
  const json = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
  const [{ filename, files }] = Object.values(json);

  const names = files.map(({ path }) => path).sort();
  const modules = names.filter((name) => name.startsWith("src/")).map((name) => name.slice(4, -3));
  assert.ok(modules.includes("index"));
  assert.deepEqual(
    names,
    [
      "LICENSE",
      "README.md",
      "package.json",
      ...modules.flatMap((name) => [`src/${name}.js`, `types/${name}.d.ts`]),
    ].sort(),
  );

  const installed = join(folder, "node_modules/@heliograph/client");
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  await writeFile(join(folder, "program.mts"), PROGRAM);
  const strict = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"];
  await run(tool("tsc"), [...strict, join(folder, "program.mts")], { cwd: folder });
  const program = "import { HeliographClient } from '@heliograph/client'; console.log(HeliographClient.name)";
  await writeFile(join(folder, "program.mjs"), program);
  assert.equal((await run(process.execPath, [join(folder, "program.mjs")])).stdout.trim(), "HeliographClient");
});

test("package: it has no dependency, and the licence of the project", async () => {
  const description = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

  assert.equal(description.dependencies, undefined);
  assert.equal(description.license, "Apache-2.0");
  assert.equal(description.engines.node, ">=20");
  assert.ok(Object.values(description.devDependencies).every((version) => /^\d+\.\d+\.\d+$/.test(version)));
  assert.equal(await readFile(join(root, "LICENSE"), "utf8"), await readFile(join(root, "../../LICENSE"), "utf8"));
});
