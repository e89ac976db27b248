"use strict";
// GitHub's command `gh`, as far as the workflows use it, over a file. Anything else is refused, and so is everything
// without the token that a job has.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { env } = process;
const file = join(__dirname, "..", "github.json");
const world = JSON.parse(readFileSync(file, "utf8"));
const [command, action, ...args] = process.argv.slice(2);

const option = (name) => args[args.indexOf(name) + 1];
const text = () => readFileSync(option("--body-file"), "utf8");
const issue = (number) => world.issues.find((each) => each.number === Number(number));

const commands = {
  "label create": () => world.labels.push(args[0]),
  "issue list": () => {
    const open = world.issues.filter(({ label, state }) => label === option("--label") && state === "open");
    if (open.length > 0) console.log(open[0].number);
  },
  "issue create": () => {
    if (!world.labels.includes(option("--label"))) throw new Error("could not add label: not found");
    const number = world.issues.length + 1;
    world.issues.push({ number, state: "open", label: option("--label"), title: option("--title"), body: text() });
  },
  "issue edit": () => Object.assign(issue(args[0]), { title: option("--title"), body: text() }),
  "issue close": () => Object.assign(issue(args[0]), { state: "closed" }),
  "api --paginate": () => {
    const marker = /startswith\("(.+)"\)/.exec(option("--jq"))[1];
    for (const { id, body } of world.comments) if (body.startsWith(marker)) console.log(id);
  },
  "api --silent": () => {
    const body = readFileSync(option("-F").replace("body=@", ""), "utf8");
    const [path] = args.filter((each) => each.startsWith("repos/"));
    if (option("--method") === "POST" && /^repos\/acme\/rooms\/issues\/7\/comments$/.test(path)) {
      world.comments.push({ id: world.comments.length + 1, body });
    } else if (option("--method") === "PATCH" && /^repos\/acme\/rooms\/issues\/comments\/\d+$/.test(path)) {
      world.comments.find(({ id }) => path.endsWith(`/${id}`)).body = body;
    } else throw new Error(`no ${path}`);
  },
};

if (env.GH_TOKEN !== "job-token") throw new Error("not logged in");
const carryOut = commands[`${command} ${action}`];
if (!carryOut) throw new Error(`unknown command ${command} ${action}`);
carryOut();
writeFileSync(file, JSON.stringify(world));
