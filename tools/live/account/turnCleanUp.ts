import { type Answer, describe } from "./answer";
import { attempt } from "./attempt";
import type { TurnAccount } from "./turn";

/** TURN credentials and projects that are still there. */
export interface TurnLeftovers {
  /** How many, by label. */
  readonly credentials: Readonly<Record<string, number>>;
  /** By name. */
  readonly projects: readonly string[];
  /** Why it is not certain that there are no others. */
  readonly doubt?: string;
}

export const noTurnLeft: TurnLeftovers = { credentials: {}, projects: [] };

/** Pages of a list that are read at most. */
const MOST_PAGES = 100;

/**
 * Deletes every TURN credential and project of this run or, for `--clean-up`, of all runs, looks whether they are gone,
 * and says what could not be deleted. Asks nothing if nothing can be there.
 */
export async function cleanUpTurn(turn: TurnAccount, isOfAll: boolean): Promise<TurnLeftovers> {
  const { ledger } = turn;
  if (!isOfAll && ledger.credentials.length + ledger.projects.length === 0) return noTurnLeft;
  const doubts: string[] = [];
  if (isOfAll || ledger.projects.length > 0) await deleteProjects(turn, doubts);
  await deleteCredentials(turn, isOfAll, doubts);
  const credentials: Record<string, number> = {};
  for (const { label, alive } of ledger.credentials) if (alive) credentials[label] = (credentials[label] ?? 0) + 1;
  const projects = ledger.projects.filter(({ alive }) => alive).map(({ name }) => name);
  return { credentials, projects, ...(doubts.length > 0 ? { doubt: [...new Set(doubts)].join("; ") } : {}) };
}

async function deleteProjects(turn: TurnAccount, doubts: string[]): Promise<void> {
  // The list tells the ids of those whose create was never answered.
  const before = await attempt(doubts, () => turn.listProjects());
  for (const { id, alive } of turn.ledger.projects) {
    if (alive && id !== undefined) await attempt(doubts, () => turn.deleteProject(id));
  }
  if (before?.answer.status !== 200) {
    if (before !== undefined && !hasNoPlan(before.answer))
      doubts.push(`no list of projects: ${describe(before.answer)}`);
    return;
  }
  const after = before.own.length === 0 ? before : await attempt(doubts, () => turn.listProjects());
  if (after?.answer.status !== 200) return;
  const there = new Set(after.own.map(({ _id }) => _id));
  for (const entry of turn.ledger.projects) {
    if (entry.id === undefined) entry.alive = false;
    else if (!there.has(entry.id)) turn.ledger.projectDeleted(entry.id);
    else entry.alive = true;
  }
}

async function deleteCredentials(turn: TurnAccount, isOfAll: boolean, doubts: string[]): Promise<void> {
  const { ledger } = turn;
  const deleteKnown = async () => {
    for (const { username, alive, project } of ledger.credentials) {
      if (alive && username !== undefined) await attempt(doubts, () => turn.deleteCredential(username, { project }));
    }
  };
  await deleteKnown();
  const labels = isOfAll ? [undefined] : [...new Set(ledger.credentials.map(({ label }) => label))];
  for (const label of labels) {
    const isListed = await listAll(turn, label, doubts);
    if (isListed) await deleteKnown();
    else if (label !== undefined) await deleteUnlisted(turn, label, doubts);
  }
  // What no list shows was never created.
  const isCertain = doubts.length === 0;
  for (const entry of ledger.credentials) if (entry.username === undefined && isCertain) entry.alive = false;
}

/** Has the ledger know every credential of a run; false if there is no list. */
async function listAll(turn: TurnAccount, label: string | undefined, doubts: string[]): Promise<boolean> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const wish = { all: true, page, ...(label === undefined ? {} : { label }) };
    const answer = await attempt(doubts, () => turn.listCredentials(wish));
    if (answer === undefined) return false;
    if (answer.status !== 200) {
      if (label === undefined && !hasNoPlan(answer)) doubts.push(`no list of TURN credentials: ${describe(answer)}`);
      return hasNoPlan(answer);
    }
    if (isLastPage(answer)) return true;
  }
  doubts.push(`more than ${MOST_PAGES} pages of TURN credentials`);
  return true;
}

/** Free plans have no list, and delete by label all the same. */
async function deleteUnlisted(turn: TurnAccount, label: string, doubts: string[]): Promise<void> {
  const answer = await attempt(doubts, () => turn.deleteByLabel(label));
  if (answer !== undefined && answer.status !== 200) {
    doubts.push(`no list of TURN credentials, and no delete by label: ${describe(answer)}`);
  }
}

function isLastPage({ body: { pagination } }: Answer): boolean {
  const next = (pagination as { readonly next_page?: unknown } | undefined)?.next_page;
  return typeof next !== "number";
}

/** An account without a plan has no credentials. */
function hasNoPlan({ status, message }: Answer): boolean {
  return status === 400 && /not subscribed/i.test(message);
}
