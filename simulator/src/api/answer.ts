import { escapeHtml } from "../escapeHtml";

/** What is to be sent: JSON, or a text that is sent as it is. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  /** Takes the place of `json`. Its type is HTML unless the headers say otherwise. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

/** As an Express server words it. */
export function htmlNotFound(method: string, path: string): Answer {
  return { status: 404, text: htmlError(`Cannot ${method} ${escapeHtml(path)}`) };
}

export function htmlError(text: string): string {
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${text}</pre>\n</body>\n</html>\n`;
}
