import { join } from "node:path";
import { Consumer, type ConsumerOptions, liveThrough } from "../support/consumer";

interface Cell extends ConsumerOptions {
  readonly from: string;
  /** Where the program is, below the consumer's folder. */
  readonly program?: string;
  readonly build?: readonly string[];
}

const cells: Readonly<Record<string, Cell>> = {
  "TypeScript, which Pulumi compiles itself": { from: "typescript" },
  "TypeScript, with the compiler of 2020 that Pulumi brings where there is none": { from: "vendored" },
  "TypeScript that is compiled first": { from: "compiled", build: ["run", "build"] },
  "ES modules": { from: "esm" },
  "TypeScript with pnpm": { from: "typescript", manager: "pnpm" },
  "JavaScript with Yarn classic": { from: "commonjs", manager: "Yarn classic" },
  "a member of an npm workspace": { from: "workspace", program: "apps/infra" },
};

describe("a fresh project with the packed packages makes a room, finds it unchanged and destroys it:", function () {
  this.timeout(480_000);

  for (const [name, { from, program = ".", build, ...options }] of Object.entries(cells)) {
    it(name, async () => {
      const consumer = await Consumer.install(from, options);
      try {
        if (build) await consumer.succeeds(...build);
        await liveThrough(join(consumer.folder, program));
      } finally {
        consumer.dispose();
      }
    });
  }
});
