import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

type Params = Readonly<Record<string, unknown>>;

/** The system's chromium, spoken to by its DevTools protocol over a pipe. */
export class Chromium {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private last = 0;
  private rest = "";

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {
    const output = process.stdio[4] as Readable;
    output.setEncoding("utf8").on("data", (text: string) => this.read(text));
  }

  static start(): Chromium {
    const folder = mkdtempSync(join(tmpdir(), "metered-chromium-"));
    const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"];
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"] as const;
    return new Chromium(
      spawn("chromium", [...flags, `--user-data-dir=${folder}`], { stdio: [...stdio], detached: true }),
      folder,
    );
  }

  /** Opens a tab. */
  async tab(url: string, { width = 1400, height = 900, isDark = false } = {}): Promise<Tab> {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const tab = new Tab((method, params) => this.send(method, params, String(sessionId)));
    const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
    await tab.send("Emulation.setDeviceMetricsOverride", metrics);
    const features = [{ name: "prefers-color-scheme", value: isDark ? "dark" : "light" }];
    await tab.send("Emulation.setEmulatedMedia", { features });
    await this.send("Browser.grantPermissions", { permissions: ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    await tab.open(url);
    return tab;
  }

  async close(): Promise<void> {
    const ended = once(this.process, "close");
    // Its group, so that no process of the browser's writes into the folder any more.
    if (this.process.pid !== undefined) process.kill(-this.process.pid, "SIGKILL");
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = ++this.last;
    const input = this.process.stdio[3] as Writable;
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result ?? {}) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
  }

  private read(text: string): void {
    const messages = (this.rest + text).split("\0");
    this.rest = messages.pop() ?? "";
    for (const message of messages.map((each) => JSON.parse(each) as Message)) {
      if (message.id === undefined) continue;
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    }
  }
}

/** One page in it. */
export class Tab {
  constructor(readonly send: (method: string, params?: Params) => Promise<Params>) {}

  async open(url: string): Promise<void> {
    await this.send("Page.enable");
    await this.send("Page.navigate", { url });
    await this.until(`document.readyState === "complete" && location.href.startsWith(${JSON.stringify(url)})`);
  }

  /** What an expression in the page is worth. */
  async value(expression: string): Promise<unknown> {
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", options);
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return (result as { readonly value?: unknown }).value;
  }

  /** The same in the page that this one embeds, whatever its origin is. */
  async valueInFrame(expression: string): Promise<unknown> {
    const { frameTree } = await this.send("Page.getFrameTree");
    const { childFrames = [] } = frameTree as { readonly childFrames?: readonly { frame: { id: string } }[] };
    const { executionContextId: contextId } = await this.send("Page.createIsolatedWorld", {
      frameId: childFrames[0]?.frame.id,
    });
    const { result } = await this.send("Runtime.evaluate", { expression, contextId, returnByValue: true });
    return (result as { readonly value?: unknown }).value;
  }

  /** Waits until an expression is true. */
  async until(expression: string): Promise<void> {
    const end = Date.now() + 20_000;
    while ((await this.value(`Boolean(${expression})`).catch(() => false)) !== true) {
      if (Date.now() > end) throw new Error(`never true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Types a text into an input, as a person does. */
  async type(selector: string, text: string): Promise<void> {
    await this.value(`(() => {
      const input = document.querySelector(${JSON.stringify(selector)});
      input.focus();
      input.select?.();
    })()`);
    await this.send("Input.insertText", { text });
  }

  /** Presses what a selector finds. */
  async press(selector: string): Promise<void> {
    await this.value(`document.querySelector(${JSON.stringify(selector)}).click()`);
  }

  async screenshot(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(String(data), "base64");
  }
}
