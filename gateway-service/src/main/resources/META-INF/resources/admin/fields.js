// Fields that several forms have.

const MAX_REASON = 500;

export function reasonField(hint = "May be left out.") {
  return { name: "reason", label: "Reason", type: "textarea", rows: 2, maxLength: MAX_REASON, hint };
}

/** The path of a deletion, with the reason if there is one. */
export function withReason(path, reason) {
  return reason ? `${path}?reason=${encodeURIComponent(reason)}` : path;
}

export function untilField() {
  return { name: "until", label: "Until", type: "datetime-local", hint: "Left out, for ever." };
}

/** The fields of a ban as the API has them. */
export function untilOf({ reason, until }) {
  return { reason: reason || undefined, until: until ? new Date(until).toISOString() : undefined };
}

/** As an input of the type `datetime-local` has it: without a zone. */
export function localTime(instant) {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
