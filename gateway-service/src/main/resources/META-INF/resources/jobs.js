// Background jobs: what takes longer than a request.

import { call } from "/api.js";

const INTERVAL = 1_000;
const ENDED = new Set(["succeeded", "failed", "cancelled"]);

/**
 * Calls `onChange` with each state of a job until it has ended, and returns the last one. While the network or the service
 * is away it goes on asking.
 */
export async function followJob(job, onChange) {
  let state = job;
  while (!ENDED.has(state.state)) {
    onChange(state);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    state = await stateOf(job.id).catch((failure) => {
      if (failure.status && failure.status < 500 && failure.status !== 429) {
        throw failure;
      }
      return state;
    });
  }
  return state;
}

/** Returns once the request to cancel is accepted; the job may take 2 s more. */
export function cancelJob(job) {
  return call("DELETE", `/api/jobs/${job.id}`);
}

function stateOf(id) {
  return call("GET", `/api/jobs/${id}`);
}
