// How long the messages of a room are kept.

import { ask } from "./dialogs.js";
import { describe, notify } from "./parts.js";
import { request } from "./session.js";

const MAX_DAYS = 36_500;

export async function changeRetention({ id, name }) {
  const path = `/api/rooms/${id}/retention`;
  try {
    const { days, installationDays } = await request("GET", path);
    const all = installationDays === null ? "for ever" : `for ${installationDays} days`;
    await ask({
      title: `Retention of ${name}`,
      text: `The installation keeps messages ${all}; a room may keep them for less. What is older is removed, and does not come back.`,
      fields: [
        { name: "days", label: "Days", type: "number", min: 1, max: MAX_DAYS, value: days ?? "", hint: "Left out, as the installation." },
      ],
      submit: "Save",
      danger: true,
      run: async (values) => {
        const given = Number(values.days);
        await (given > 0 ? request("PUT", path, { days: given }) : request("DELETE", path));
        notify(given > 0 ? `${name} keeps messages for ${given} days.` : `${name} keeps messages as the installation.`);
      },
    });
  } catch (failure) {
    notify(describe(failure));
  }
}
