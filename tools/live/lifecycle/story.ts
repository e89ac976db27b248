import type { Body } from "../account/requests";
import type { Lab } from "../probes/lab";
import { Interrupted } from "../time";
import type { Run, Stack } from "./stack";

/** One step of the provider's lifecycle, as it went on the account. */
export interface Step {
  readonly title: string;
  readonly outcome: "as promised" | "otherwise" | "not done";
  /** What happened instead, in the words of the CLI, line by line. */
  readonly detail?: readonly string[];
}

/** A step did not do what it promises. */
class Otherwise extends Error {
  readonly lines: readonly string[];

  constructor(...lines: string[]) {
    super(lines.join(" "));
    this.lines = lines;
  }
}

interface Telling {
  readonly stack: Stack;
  readonly lab: Lab;
  /** Has the program declare this of its meeting room, and something else of its live room, where it has one. */
  declare(settings: Body): void;
  /** The meeting room that the stack has, as the server shows it. */
  room(): Promise<Body>;
}

interface Chapter {
  readonly title: string;
  tell(telling: Telling): Promise<void>;
}

const settings = { privacy: "public", maxParticipants: 5, enableChat: true };
const changed = { ...settings, maxParticipants: 6, enableChat: false };

const chapters: readonly Chapter[] = [
  {
    title: "up: a room is created, with a generated name",
    tell: async ({ stack, declare, room }) => {
      declare(settings);
      await succeeds(stack.pulumi("stack", "init", "check"));
      await succeeds(stack.pulumi("up"));
      expectShown(await room(), settings);
    },
  },
  {
    title: "up again: nothing to do",
    tell: ({ stack }) => succeeds(stack.pulumi("up", "--expect-no-changes")),
  },
  {
    title: "preview after a look at the account: nothing to do",
    tell: ({ stack }) => succeeds(stack.pulumi("preview", "--refresh", "--expect-no-changes")),
  },
  {
    title: "up: two settings are changed",
    tell: async ({ stack, declare, room }) => {
      declare(changed);
      await succeeds(stack.pulumi("up"));
      expectShown(await room(), changed);
      await succeeds(stack.pulumi("preview", "--refresh", "--expect-no-changes"));
    },
  },
  {
    title: "refresh: a setting that was changed outside is found, and up puts it back",
    tell: async ({ stack, lab, room }) => {
      const { roomName, enableChat } = await room();
      if (enableChat === undefined) throw new Otherwise("replies do not show enableChat: no drift can be seen");
      await lab.update(String(roomName), { ...changed, enableChat: true });
      await succeeds(stack.pulumi("refresh"));
      await fails(stack.pulumi("preview", "--expect-no-changes"), "the preview does not show the drift");
      await succeeds(stack.pulumi("up"));
      expectShown(await room(), changed);
    },
  },
  {
    title: "refresh: a room that was deleted outside is found, and up creates it again",
    tell: async ({ stack, lab, room }) => {
      const { roomName, _id } = await room();
      await lab.remove(String(roomName));
      await succeeds(stack.pulumi("refresh"));
      await succeeds(stack.pulumi("up"));
      if ((await room())._id === _id) throw new Otherwise("the room is still the old one");
    },
  },
  {
    title: "destroy: the room is gone",
    tell: async ({ stack, lab, room }) => {
      const { roomName } = await room();
      await succeeds(stack.pulumi("destroy"));
      const after = await lab.get(String(roomName));
      if (after.room?.archived === false) throw new Otherwise("the room is still there");
    },
  },
];

/** Tells the chapters one after another; each builds on the one before. @throws Interrupted */
export async function tellStory(stack: Stack, lab: Lab, steps: Step[], say: (line: string) => void): Promise<void> {
  const declare = (declared: Body) => stack.program(programOf(lab, declared));
  let isBroken = false;
  for (const { title, tell } of chapters) {
    if (isBroken) {
      steps.push({ title, outcome: "not done" });
      continue;
    }
    say(`- ${title}`);
    try {
      await tell({ stack, lab, declare, room: () => newestRoom(lab) });
      steps.push({ title, outcome: "as promised" });
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      isBroken = true;
      steps.push({ title, outcome: "otherwise", detail: error instanceof Otherwise ? error.lines : [String(error)] });
    }
  }
}

/**
 * The meeting room has no name given, so the provider generates one from the resource's name: it begins with the run's prefix.
 * A live room is there too where the run has made one before; destroy leaves it, since it may not be deletable.
 */
function programOf(lab: Lab, declared: Body): string {
  const meeting = `new metered.MeetingRoom(${JSON.stringify(lab.nameOf("auto"))}, ${JSON.stringify(declared)});\n`;
  if (!lab.gate.ledger.entries.some(({ kind }) => kind === "live")) return meeting;
  const message = `For up to ${String(declared.maxParticipants)} people`;
  const live = JSON.stringify({ roomName: lab.nameOf("live-2"), displayMessage: message });
  return `${meeting}new metered.LiveStreamingRoom("live", ${live}, { retainOnDelete: true });\n`;
}

async function newestRoom(lab: Lab): Promise<Body> {
  const entry = lab.gate.ledger.alive.findLast(({ kind }) => kind === "meeting");
  if (entry === undefined) throw new Otherwise("no room was created");
  const { room, body } = await lab.get(entry.name);
  if (room === undefined) throw new Otherwise("the room is not there");
  return body;
}

/** What the reply does not show cannot be looked at. */
function expectShown(body: Body, declared: Body): void {
  const wrong = Object.keys(declared).filter((name) => Object.hasOwn(body, name) && body[name] !== declared[name]);
  if (wrong.length > 0) throw new Otherwise(`the room does not have what was declared: ${wrong.join(", ")}`);
}

async function succeeds(run: Promise<Run>): Promise<void> {
  const { code, text } = await run;
  if (code !== 0) throw new Otherwise(...wordsOf({ code, text }));
}

async function fails(run: Promise<Run>, otherwise: string): Promise<void> {
  if ((await run).code === 0) throw new Otherwise(otherwise);
}

/** What the CLI says, sentence by sentence, without its lines of progress. */
function wordsOf({ code, text }: Run): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const errors = errorsIn(lines);
  const said = errors.length > 0 ? errors : lines.filter((line) => line !== "").slice(-3);
  const sentences = said.flatMap((line) => line.split(/(?<=[.:;]) /));
  return [`exit code ${code}`, ...new Set(sentences)].slice(0, 20);
}

/** The errors, each with the ways out, which follow in lines of their own up to the class in brackets. */
function errorsIn(lines: readonly string[]): string[] {
  let isInside = false;
  return lines.filter((line) => {
    if (line.startsWith("error:")) isInside = line !== "error: update failed";
    const isPart = isInside;
    if (line === "" || /\[\w+\]$/.test(line)) isInside = false;
    return isPart;
  });
}
