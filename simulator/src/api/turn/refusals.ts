import type { Answer } from "../answer";

/** TURN routes word their errors without `success`. */
export function refuse(status: number, message: string): Answer {
  return { status, json: { message } };
}

export const texts = {
  expiry: "please enter a positive integer value for expiryInSeconds",
  label: "Label must be a string of less than 100 characters",
  emptyLabel: "Label cannot be empty",
  usernameMissing: "`username` field missing in the request body",
  usernameRequired:
    "username is required, please provide the username of the credential to be removed in the request body",
  noSuchCredential: "credential of the specified username is not found",
  noSuchProject: "Project not found",
} as const;
