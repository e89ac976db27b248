import type { Contestant } from "./contestant";
import { pulumiContestants } from "./pulumi";
import { rawHttp } from "./rawHttp";
import { terraform, terraformVersion } from "./terraform";

/** All that can be measured on this machine, in the order of the table. */
export async function contestants(): Promise<Contestant[]> {
  const isThere = (await terraformVersion()) !== undefined;
  if (!isThere) console.log("There is no terraform on PATH, so it is left out.");
  return [...pulumiContestants, ...(isThere ? [terraform] : []), rawHttp];
}
