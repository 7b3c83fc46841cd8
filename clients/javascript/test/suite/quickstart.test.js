import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { promisify } from "node:util";
import { suite } from "../support.js";

test("quick start: the program of the README runs as printed", suite, async (t) => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, program] = /```js\n(.*?)```/s.exec(readme);
  assert.equal(program.trim().split("\n").length, 10);
  // Inside the package, which so finds itself by its name.
  const file = fileURLToPath(new URL(`../.quickstart-${process.pid}.mjs`, import.meta.url));
  t.after(() => rm(file, { force: true }));
  await writeFile(file, program);

  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv.filter(keeps), file], {
    timeout: 120_000,
  });

  assert.match(stdout, /^ada: Hello, world$/m);
  assert.match(stdout, /^stored as 1$/m);
});

function keeps(option) {
  return !option.startsWith("--test");
}
