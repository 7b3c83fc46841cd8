// Runs all tests with Node's own runner: first those that leave the suite whole, then those that break it, one by one.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
/** Several times what the longest takes on a busy machine. */
const TEST_TIMEOUT_MS = 900_000;

const wanted = process.argv.slice(2);

function files(...folders) {
  return folders
    .flatMap((folder) => readdirSync(here + folder).map((name) => `${here}${folder}/${name}`))
    .filter((file) => file.endsWith(".test.js"))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
}

function run(concurrency, tests) {
  if (tests.length === 0) {
    return 0;
  }
  const options = ["--test", `--test-concurrency=${concurrency}`, "--test-reporter=spec", `--test-timeout=${TEST_TIMEOUT_MS}`];
  return spawnSync(process.execPath, [...process.execArgv, ...options, ...tests], { stdio: "inherit" }).status;
}

// Most of the time a test waits, so there may be more of them than processors.
const whole = run(2 * availableParallelism(), files("unit", "package", "suite"));
const broken = run(1, files("faults"));
process.exit(whole || broken ? 1 : 0);
