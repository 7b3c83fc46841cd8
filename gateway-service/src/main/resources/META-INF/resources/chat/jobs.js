// Background jobs: work that takes longer than a request.

const INTERVAL = 1_000;
const ENDED = new Set(["succeeded", "failed", "cancelled"]);

/**
 * Calls `onChange` with each state of a job until it has ended, and returns the last one. While the network or the service
 * is away it goes on asking.
 */
export async function followJob(client, job, onChange) {
  let state = job;
  while (!ENDED.has(state.state)) {
    onChange(state);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    state = await stateOf(client, job.id).catch((failure) => {
      if (!failure.isTransient) {
        throw failure;
      }
      return state;
    });
  }
  return state;
}

/** Returns once the request to cancel is accepted; the job may take 2 s more. */
export function cancelJob(client, job) {
  return client.request("DELETE", `/api/jobs/${job.id}`);
}

function stateOf(client, id) {
  return client.request("GET", `/api/jobs/${id}`);
}
