// Values of fields.

/** As an input of the type `datetime-local` has it: without a zone. */
export function localTime(instant) {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
