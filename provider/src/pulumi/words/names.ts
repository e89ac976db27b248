/** A name that a room can't have. */
import type { FactsOf, Subject } from "../../errors";
import { partsOf } from "../urn";
import {
  cant,
  cantInApp,
  capitalised,
  isRoom,
  quoted,
  shownTime,
  unchanged,
  untouched,
  type Way,
  type Words,
} from "./sentence";
import type { Ways } from "./ways";

const KEEP_BOTH: Way = { goal: "Keep both", how: "choose another roomName" };

export function nameTaken(facts: FactsOf<"NameTaken">, ways: Ways): Words {
  if (facts.subject && !isRoom(facts.subject)) return otherNameTaken(facts, facts.subject, ways);
  switch (facts.how) {
    case "exists":
      return exists(facts, ways);
    case "generated exists":
      return generatedExists(facts, ways);
    case "replaced":
      return replaced(facts, ways);
    case "reserved":
      return {
        story:
          `${cantInApp(facts)}: Metered says that the name is taken, but shows no such room. ${unchanged(facts)} ` +
          "Most likely a deleted (archived) room or a room of the other kind has the name.",
        fix: "Choose another roomName.",
      };
    case "unseen":
      return {
        story: `${cantInApp(facts)}: Metered says that the name is taken, but that room couldn't be read. ${unchanged(facts)}`,
        fix: `${capitalised(ways.rerun(facts.action))}, or choose another roomName.`,
      };
  }
}

/** A TURN project can't be adopted: Metered shows its key only to whoever creates it. */
function otherNameTaken(facts: FactsOf<"NameTaken">, { label }: Subject, ways: Ways): Words {
  const since = facts.how === "exists" ? created(facts) : "";
  const again = ways.rerun(facts.action);
  const within: Way =
    facts.action === "update"
      ? {
          goal: "If another resource of this program is releasing this name",
          how: `${again}; to swap two names, give one of them a third name first`,
        }
      : {
          goal: "If a resource that you removed from this program has it",
          how: `add that resource to the resource option aliases of this one, then ${again}`,
        };
  return {
    story: `${cant(facts)}: app ${quoted(facts.app)} already has a ${label} with that name${since}. ${untouched(facts)}`,
    fix: [
      { goal: "Keep both", how: "choose another name" },
      within,
      { goal: "If nothing uses it", how: `delete it in Metered's dashboard, then ${again}` },
    ],
  };
}

function exists(facts: FactsOf<"NameTaken">, ways: Ways): Words {
  return {
    story: `${cant(facts)}: app ${quoted(facts.app)} already has a room with that name${created(facts)}. ${untouched(facts)}`,
    fix: withInterrupted(facts, ways, "If an interrupted update of this stack created it", [
      ...ownWays(facts.subject, ways),
      KEEP_BOTH,
      ...handOver(facts, ways),
      ...replace(ways),
    ]),
  };
}

/**
 * Metered doesn't show who created a room, and Pulumi doesn't tell a provider what an interrupted run had begun. One that
 * was created shortly before is most likely what such a run has left, so the way out for that comes first.
 */
function withInterrupted(
  { isRecent }: FactsOf<"NameTaken">,
  ways: Ways,
  goal: string,
  others: readonly Way[],
): readonly Way[] {
  const way = { goal, how: `${ways.adopt()}, then run pulumi refresh --clear-pending-creates` };
  return isRecent ? [way, ...others] : [...others, way];
}

/**
 * Pulumi doesn't say that it replaces a resource (`--replace`, taint), and then creates the new room first: the provider
 * can't tell that from a first create, so the goal says when it applies.
 */
function replace({ isOfSet, deletesSetFirst }: Ways): Way[] {
  if (isOfSet && deletesSetFirst) return [];
  const [what, where] = isOfSet ? ["the set", " on the set"] : ["that room", ""];
  const how = `set the resource option deleteBeforeReplace: true${where}`;
  return [{ goal: `If Pulumi was told to replace ${what} (--replace, taint)`, how }];
}

/**
 * Pulumi tells of no more resources at a time than it works on, so the one that is to give the name up may come later. Of
 * one that has left the program it tells at the very end, after all creates: only its room can be handed on.
 */
function handOver({ isRenaming, action }: FactsOf<"NameTaken">, ways: Ways): Way[] {
  if (!isRenaming) return [];
  const how = `${ways.rerun(action)}, with a higher --parallel`;
  return [
    { goal: "If a resource that you just removed from this program has the room", how: ways.adopt() },
    { goal: "If another resource of this program will release this name", how },
  ];
}

/**
 * Nobody chooses a generated name. Where another stack generated the same one, adopting its room would let each of the
 * two delete it for the other, so that way out says when it is right, and is the last one unless the room is recent.
 */
function generatedExists(facts: FactsOf<"NameTaken">, ways: Ways): Words {
  return {
    story:
      `${cant(facts)}: app ${quoted(facts.app)} already has a room with that auto-generated name${created(facts)}. ${untouched(facts)} ` +
      "Either an interrupted update of this stack created it, or another stack manages it: one with the same project and stack name, " +
      "or one that the room was moved to with pulumi state move.",
    fix: withInterrupted(facts, ways, "Adopt it after an interrupted update, only if no other stack manages it", [
      { goal: "Keep both", how: "set a roomName" },
      { goal: "Keep stacks of the same name apart", how: "give each of them its own Metered app" },
      ...replace(ways),
    ]),
  };
}

function replaced(facts: FactsOf<"NameTaken">, ways: Ways): Words {
  return {
    story:
      `${cant(facts)}: app ${quoted(facts.app)} already has a room with that name${created(facts)}, ` +
      `which may be the one to be replaced. ${untouched(facts)}`,
    fix: ways.isOfSet ? [KEEP_BOTH] : [deleteFirst(facts, ways), KEEP_BOTH],
  };
}

function deleteFirst({ action }: FactsOf<"NameTaken">, ways: Ways): Way {
  const how = `set the resource option deleteBeforeReplace: true, then ${ways.rerun(action)}`;
  return { goal: "Delete the old room first", how };
}

function created({ since }: FactsOf<"NameTaken">): string {
  return since === undefined ? "" : ` (created ${shownTime(since)})`;
}

/** How a room that exists becomes this stack's: as it is, or with the program's inputs. */
function ownWays(subject: Subject | undefined, ways: Ways): Way[] {
  if (!subject || !isRoom(subject)) return [];
  return [
    ...(ways.isOfSet ? [] : [{ goal: "Import it as it is", how: ways.importRoom(subject) }]),
    { goal: "Adopt it and apply this program's inputs", how: ways.adopt() },
  ];
}

export function namePossiblyTaken(facts: FactsOf<"NamePossiblyTaken">, ways: Ways): Words {
  const { subject, other } = facts;
  const story =
    `${cantInApp(facts)}: Metered gives no reason, but most likely the name is taken by room ${quoted(other)}. ` +
    untouched(facts);
  const isAlone = subject !== undefined && !ways.isOfSet;
  const own = isAlone ? [{ goal: "Import that room", how: ways.importRoom({ ...subject, name: other }) }] : [];
  return {
    story,
    fix: [
      ...own,
      { goal: "Keep both", how: "choose another roomName, in lower case" },
      {
        goal: "If that doesn't help",
        how: `check the inputs and the app in the dashboard, then ${ways.rerun("create")}`,
      },
    ],
  };
}

export function nameUsedTwice(facts: FactsOf<"NameUsedTwice">, ways: Ways): Words {
  const holder = facts.holder === undefined ? undefined : resourceOf(facts.holder);
  const story = (what: string) => `${cantInApp(facts)}: ${holder ?? "another resource"} ${what} ${unchanged(facts)}`;
  switch (facts.how) {
    case "kept":
      return {
        story: story("of this program already has that room."),
        fix: `Choose another roomName for one of the two${holder === undefined ? whichOther(facts) : ""}.`,
      };
    case "wanted":
      return {
        story: story("of this program also uses that name."),
        fix: "Choose another roomName for one of the two.",
      };
    case "rename failed":
      return {
        story: story(`was to release this name, but its room couldn't be created${newName(facts)}.`),
        fix: `Fix the error of ${holder ?? "that resource"}, then ${ways.rerun("create")}.`,
      };
    case "rename not begun":
      return {
        story: story(`was to release this name, but Pulumi hasn't started to create its room${newName(facts)}.`),
        fix: `${capitalised(ways.rerun("create"))}, with a higher --parallel. If that doesn't help, choose another roomName here, or remove what makes ${holder ?? "that resource"} depend on this one.`,
      };
    case "removal not begun":
      return {
        story: story("was to release the room with this name, but Pulumi hasn't started to update it."),
        fix: `${capitalised(ways.rerun("create"))}. If that doesn't help, remove what makes ${holder ?? "that resource"} depend on this one.`,
      };
  }
}

/** A dynamic provider isn't told whose operation it carries out, but Pulumi's list has the other resource by its room. */
function whichOther({ subject }: FactsOf<"NameUsedTwice">): string {
  return subject === undefined
    ? ""
    : `: pulumi stack --show-ids shows the other one with the ID ${quoted(subject.name)}`;
}

/** Claims know other resources by their URN; a set that isn't told of its own, by its ID. */
function resourceOf(holder: string): string {
  const { name } = partsOf(holder);
  return name === "" ? `the set with the ID ${quoted(holder)}` : `resource ${quoted(name)}`;
}

function newName({ newName: name }: FactsOf<"NameUsedTwice">): string {
  return name === undefined ? " under its new name" : ` as ${quoted(name)}`;
}
