import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  faults,
  type ProfileName,
  profiles,
  type Simulator,
  SwitchError,
  startSimulator,
  switches,
} from "metered-simulator";
import { Calls } from "./simulator/calls";
import { nameSwitches } from "./simulator/nameSwitches";
import { replySwitches } from "./simulator/replySwitches";
import { settingSwitches } from "./simulator/settingSwitches";
import type { SwitchPromise, SwitchPromises } from "./simulator/switchPromise";
import { tokenSwitches } from "./simulator/tokenSwitches";
import { turnSwitches } from "./simulator/turnSwitches";
import { updateSwitches } from "./simulator/updateSwitches";

const promises: SwitchPromises = {
  ...nameSwitches,
  ...settingSwitches,
  ...updateSwitches,
  ...replySwitches,
  ...tokenSwitches,
  ...turnSwitches,
};

describe("simulator switches", () => {
  const started: Simulator[] = [];
  const start = async (...options: Parameters<typeof startSimulator>) => {
    const sim = await startSimulator(...options);
    started.push(sim);
    return sim;
  };
  afterEach(() => Promise.all(started.splice(0).map((sim) => sim.close())));

  for (const [name, values] of Object.entries(promises)) {
    for (const [value, [promise, check]] of Object.entries<SwitchPromise>(values)) {
      it(`${name} "${value}": ${promise}`, async () => {
        const sim = await start({ switches: { [name]: value } });
        await check(new Calls(sim), sim);
      });
    }
  }

  it("every value of every switch is shown above", () => {
    const shown = Object.entries(promises).map(([name, values]) => [name, Object.keys(values).sort()]);
    const known = Object.entries(switches).map(([name, { values }]) => [name, values.map(String).sort()]);
    assert.deepEqual(shown.sort(), known.sort());
  });

  it("the README has every switch and every fault", () => {
    const readme = readFileSync(
      join(dirname(require.resolve("metered-simulator/package.json")), "README.md"),
      "utf8",
    ).replace(/ +/g, " ");
    for (const [name, { values, doc }] of Object.entries(switches)) {
      const row = `| \`${name}\` | ${values.map((value) => `\`${value}\``).join(", ")} | ${doc} |\n`;
      assert.ok(readme.includes(row), row);
    }
    for (const [name, { doc }] of Object.entries(faults))
      assert.ok(readme.includes(`| \`${name}\` | ${doc} |\n`), name);
  });

  it("a switch can be turned while the server runs", async () => {
    const sim = await start();
    const api = new Calls(sim);
    sim.setSwitches({ missingRoomStatus: 404 });
    assert.equal((await api.get("meeting", "none")).status, 404);
    assert.equal(sim.switches.missingRoomStatus, 404);
    sim.setSwitches({ missingRoomStatus: 400 });
    assert.equal((await api.get("meeting", "none")).status, 400);
  });

  it("an unknown switch or value is refused with a sentence that names the known ones", async () => {
    const sim = await start();
    assert.throws(() => sim.setSwitches({ putt: "merge" } as object), SwitchError);
    assert.throws(() => sim.setSwitches({ put: "patch" } as object), /put cannot be "patch".*merge \| replace/);
    await assert.rejects(startSimulator({ profile: "unheard-of" }), /neither a profile/);
  });

  for (const profile of Object.keys(profiles) as ProfileName[]) {
    it(`under the profile "${profile}" a room can be made, read, changed and deleted`, async () => {
      const sim = await start({ profile });
      const api = new Calls(sim);
      assert.equal((await api.create("meeting", { roomName: "a", privacy: "private" })).status, 200);
      assert.equal((await api.update("meeting", "a", { privacy: "public", autoJoin: true })).json.autoJoin, true);
      assert.equal((await api.get("meeting", "a")).json.privacy, "public");
      assert.equal((await api.create("live", { roomName: "b" })).status, 200);
      assert.equal((await api.remove("meeting", "a")).status, 200);
    });
  }

  it("switches that are given win over the profile", async () => {
    const sim = await start({ profile: "strange", switches: { put: "merge" } });
    assert.equal(sim.switches.put, "merge");
    assert.equal(sim.switches.nameCase, profiles.strange.nameCase);
  });
});
