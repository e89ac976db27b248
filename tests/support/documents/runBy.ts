import { join } from "node:path";
import { untaken } from "./shell";

const root = join(__dirname, "..", "..", "..");

const ADDED = "tests/plugin/packageAddLanguages.long.test.ts";
const HERE = "tests/engine/documents.long.test.ts";
const RECIPES = "tests/engine/recipes.long.test.ts";
const PYTHON = "tests/plugin/firstRoomInPython.long.test.ts";
const TOGETHER = "tests/engine/recipesTogether.long.test.ts";

/** Pages of which a test runs every block, and fails where there is another one. */
export const wholePages: Readonly<Record<string, string>> = {
  "drift.md": "tests/engine/drift.test.ts",
  "import.md": "tests/engine/importCommand.test.ts",
  "interrupted.md": "tests/kills/documented.ts",
  "moving-over.md": "tests/support/movingOver/page.ts",
};

/** Why nobody can run a block here. */
interface NotRun {
  readonly because: string;
}
const ACCOUNT: NotRun = { because: "it is for an account at Metered; tests/live runs the same against the simulator" };
const EXPLAINED: NotRun = { because: "tests/cli/help.test.ts runs the command without a shell" };
const IMPORTED: NotRun = { because: "it has no names; tests/protocol/objects.test.ts imports in the plugin" };
const OURSELVES: NotRun = { because: "it runs tests of this repository, among which this one is" };
const RELEASE: NotRun = {
  because: "it names a release; tests/plugin/download.long.test.ts lets the engine download one",
};
const SDKS: NotRun = { because: "it is for programs elsewhere; tests/plugin/languages.long.test.ts installs the SDKs" };

/** By page and first command: the test that runs a block, or why none can. */
export const singleBlocks: Readonly<Record<string, Readonly<Record<string, string | NotRun>>>> = {
  "choosing-a-shape.md": { "pulumi config set metered:adoptExisting true": "tests/engine/setsTogether.long.test.ts" },
  "configuration.md": { "pulumi config set metered:appName NAME": HERE },
  "errors.md": { "npx pulumi-metered doctor": HERE, "npx pulumi-metered explain NameTaken": EXPLAINED },
  "first-room-python.md": {
    "mkdir rooms": PYTHON,
    "python3 -m venv venv": PYTHON,
    "pulumi package add ./node_modules/pulumi-metered/bin/pulumi-resource-metered": PYTHON,
    "pulumi stack init dev": PYTHON,
    "pulumi up": PYTHON,
    "pulumi destroy": PYTHON,
  },
  "gitops.md": {
    "pulumi cancel dev --yes": HERE,
    "pulumi refresh --yes --run-program": HERE,
    "pulumi preview --stack prod --save-plan plan.json --non-interactive": HERE,
  },
  "index.md": {
    "npm install metered-simulator": HERE,
    "mkdir rooms": HERE,
    "printf 'name: rooms\\nruntime: nodejs\\n' > Pulumi.yaml": HERE,
    "pulumi config set metered:endpoint http://127.0.0.1:8080": HERE,
    "pulumi config set metered:appName NAME": HERE,
    "pulumi up": HERE,
  },
  "installation-configuration.md": {
    "npm install pulumi-metered": HERE,
    "pulumi package add ./node_modules/pulumi-metered/bin/pulumi-resource-metered": ADDED,
    "pulumi plugin install resource metered VERSION --file pulumi-resource-metered-vVERSION-linux-amd64.tar.gz":
      RELEASE,
    "pulumi config set metered:appName NAME": HERE,
    "export METERED_APP_NAME=NAME": HERE,
  },
  "live-check.md": {
    "npm ci": ACCOUNT,
    "npm run test:live -- --yes --clean-up": ACCOUNT,
    "npx metered-simulator --profile live-report.json": HERE,
    "METERED_PROFILE=live-report.json npx mocha --no-config -r ts-node/register/transpile-only --timeout 60000 tests/reliability/switches.test.ts":
      OURSELVES,
  },
  "reference/turn-credential.md": { "pulumi import metered:index:TurnCredential NAME ID": IMPORTED },
  "reference/turn-project.md": { "pulumi import metered:index:TurnProject NAME ID": IMPORTED },
  "measurements.md": {
    "LEVELS=reliability,model npm run test:exhaustive": OURSELVES,
  },
  "plugin.md": {
    "pulumi plugin install resource metered VERSION --file pulumi-resource-metered-vVERSION-linux-amd64.tar.gz":
      RELEASE,
    "npm install --install-links ./sdks/nodejs/bin": SDKS,
    "pulumi package add ./node_modules/pulumi-metered/bin/pulumi-resource-metered": ADDED,
    "pulumi package add ./node_modules/pulumi-metered/schema.json": ADDED,
  },
  "recipes/accounts.md": { "pulumi config set --secret euKey": TOGETHER },
  "recipes/key-rotation.md": {
    "pulumi config set --secret metered:secretKey": RECIPES,
    "pulumi preview --refresh --expect-no-changes": RECIPES,
    "pulumi refresh --run-program": RECIPES,
  },
  "recipes/move.md": {
    "pulumi preview --stack dev --refresh --expect-no-changes": RECIPES,
    "pulumi state move --yes --source organization/rooms/dev --dest organization/rooms/prod 'urn:pulumi:dev::rooms::pulumi-nodejs:dynamic/metered:MeetingRoom::lobby'":
      RECIPES,
    "pulumi preview --stack prod --refresh --expect-no-changes": RECIPES,
  },
  "recipes/protect.md": { "pulumi stack --show-urns": RECIPES },
  "recipes/web-app.md": {
    "pulumi stack output --json > room-urls.json": TOGETHER,
    "pulumi config set baseUrl https://NAME.metered.live": TOGETHER,
  },
  "recipes/webinar.md": { "pulumi config set --secret streamKey": TOGETHER },
};

/** Blocks that are said to be run by a test, and that this process has not taken. */
export function notTakenBy(test: string): string[] {
  return Object.entries(singleBlocks).flatMap(([page, byFirst]) => {
    const firsts = Object.keys(byFirst).filter((first) => join(root, String(byFirst[first])) === test);
    return untaken(page, firsts).map((first) => `docs/${page}: ${first}`);
  });
}
