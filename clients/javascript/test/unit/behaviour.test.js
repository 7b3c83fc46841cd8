import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const list = readFileSync(new URL("../../../BEHAVIOUR.md", import.meta.url), "utf8");

/** The names of the tests as they stand in the sources, with what is filled in as `…`. */
function names() {
  return ["suite", "faults"].flatMap((folder) => {
    const url = new URL(`../${folder}/`, import.meta.url);
    return readdirSync(url).flatMap((file) => {
      const source = readFileSync(new URL(file, url), "utf8");
      return [...source.matchAll(/\btest\(["`](.*?)["`], /g)].map(([, name]) => name.replace(/\$\{.*?\}/g, "…"));
    });
  });
}

test("should name a test for each item of the list", () => {
  const known = names();
  const items = [...list.matchAll(/^\| (\d+) \| (.*?) \| (.*?) \| .* \|$/gm)];

  assert.ok(items.length >= 46);
  items.forEach(([item, number, , tests], index) => {
    assert.equal(Number(number), index + 1, item);
    const named = [...tests.matchAll(/`(.*?)`/g)].map(([, name]) => name);
    assert.ok(named.length > 0, item);
    for (const name of named) {
      const start = name.split("…")[0];
      assert.ok(known.some((test) => (name.includes("…") ? test.startsWith(start) : test === name)), name);
    }
  });
});
