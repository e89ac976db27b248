import type { Switches } from "../switches/table";
import { unreadable } from "./call";

const formType = "application/x-www-form-urlencoded";

/** What a client sent: JSON whatever its type says, a form if its type says so, `undefined` for an empty body. */
export function readBody(
  text: string,
  type: string | undefined,
  { formBodies }: Pick<Switches, "formBodies">,
): unknown {
  if (text === "") return undefined;
  const isForm = type?.split(";", 1)[0]?.trim().toLowerCase() === formType;
  if (isForm && formBodies === "ignored") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return isForm ? readForm(text) : unreadable;
  }
}

// A form has texts only. What looks like a boolean or an integer is meant as one.
function readForm(text: string): Record<string, unknown> {
  return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, typed(value)]));
}

function typed(value: string): string | number | boolean {
  if (value === "true" || value === "false") return value === "true";
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
