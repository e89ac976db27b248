import { equal, match, ok } from "node:assert/strict";
import { request } from "node:http";
import type { Simulator } from "metered-simulator";

export interface Page {
  readonly status: number;
  readonly text: string;
  /** Where the browser ended up. */
  readonly path: string;
}

/** The one script of the pages, which work without it. */
const ownScript = "/__simulator/pages/script.js";

type Values = Record<string, string | string[]>;
type Headers = Record<string, string>;

/** Opens pages and sends forms as a browser does: redirects followed, inputs filled as the page filled them. */
export class Browser {
  constructor(private readonly sim: Pick<Simulator, "url">) {}

  async open(path: string): Promise<Page> {
    const page = await this.#follow("GET", path);
    const markup = page.text.replace(`<script src="${ownScript}" defer></script>`, "").replace(/"[^"]*"/g, '""');
    ok(!/<(script|iframe|img)|<[^>]*\s(on\w+|src|style)=/i.test(markup), `${path} must hold no other script`);
    return page;
  }

  /** Presses a form's button on a page, after changing some of its inputs. */
  async submit(path: string, action: string, values: Values = {}): Promise<Page> {
    const form = readForm((await this.open(path)).text, action);
    for (const [name, value] of Object.entries(values)) {
      form.delete(name);
      for (const item of [value].flat()) form.append(name, item);
    }
    return this.#follow("POST", action, String(form));
  }

  /** One exchange, without following anything. */
  send(method: string, path: string, body = "", more: Headers = {}) {
    const headers = {
      ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded", origin: this.sim.url } : {}),
      ...more,
    };
    return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const call = request(this.sim.url + path, { method, headers, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece) => (text += piece));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      call.on("error", reject).end(body);
    });
  }

  async #follow(method: string, path: string, body?: string): Promise<Page> {
    const { status, headers, text } = await this.send(method, path, body);
    const { location } = headers;
    if (typeof location === "string") {
      equal(status, method === "POST" ? 303 : 302);
      return this.open(location.replace(/#.*$/, ""));
    }
    match(String(headers["content-type"]), /^text\/html; charset=utf-8$/);
    match(
      String(headers["content-security-policy"]),
      /^default-src 'none'; script-src 'self'; .*form-action 'self'.*frame-ancestors 'none'$/,
    );
    return { status, text, path };
  }
}

/** What the form with an action holds before anybody touches it. */
export function readForm(page: string, action: string): URLSearchParams {
  const [, inside] = new RegExp(`<form[^>]* action="${action}"[^>]*>(.*?)</form>`, "s").exec(page) ?? [];
  ok(inside !== undefined, `there is no form for ${action}`);
  const form = new URLSearchParams();
  const inputs = /<(input)([^>]*)>|<(select|textarea)([^>]*)>(.*?)<\/\3>/gs;
  for (const [, input, inputAttributes = "", tag = "", attributes = inputAttributes, content = ""] of inside.matchAll(
    inputs,
  )) {
    const value = initialValue(input ?? tag, attributes, content);
    if (value !== undefined) form.append(attribute(attributes, "name") ?? "", value);
  }
  return form;
}

/** The links of a page. */
export function linksOf({ text }: Page): string[] {
  return [...text.matchAll(/<a href="([^"]*)"/g)].map(([, href = ""]) => decode(href));
}

function initialValue(tag: string, attributes: string, content: string): string | undefined {
  if (tag === "textarea")
    return decode(content)
      .replace(/^\n/, "")
      .replace(/\r\n?|\n/g, "\r\n");
  if (tag === "select") {
    const options = [...content.matchAll(/<option([^>]*)>([^<]*)<\/option>/g)];
    const [, chosen = "", label = ""] = options.find(([, rest]) => / selected/.test(rest ?? "")) ?? options[0] ?? [];
    return attribute(chosen, "value") ?? decode(label);
  }
  const isBox = /type="(checkbox|radio)"/.test(attributes);
  if (isBox && !/ checked/.test(attributes)) return undefined;
  return attribute(attributes, "value") ?? (isBox ? "on" : "");
}

function attribute(attributes: string, name: string): string | undefined {
  const [, value] = new RegExp(`${name}="([^"]*)"`).exec(attributes) ?? [];
  return value === undefined ? undefined : decode(value);
}

export function decode(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
