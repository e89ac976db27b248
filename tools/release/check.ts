import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGES = ["provider", "simulator"];
const TEMPLATES = ["templates/metered-typescript", "templates/metered-javascript"];

/**
 * What stands in the way of releasing what is in a folder under a tag, each with what to do; nothing means ready.
 *
 * @param tag of the commit: `v0.2.0`
 */
export function problemsOf(root: string, tag: string): string[] {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (version === undefined) return [`The tag ${tag} is no release: name it v1.2.3.`];
  return [
    ...PACKAGES.flatMap((folder) => versionProblems(root, folder, version)),
    ...schemaProblems(root, version),
    ...TEMPLATES.flatMap((folder) => templateProblems(root, folder, version)),
    ...changelogProblems(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version),
    ...(existsSync(join(root, "tests", "states", version))
      ? []
      : [
          `There is no record of the states of ${version}: run npm run record:states and commit tests/states/${version}.`,
        ]),
  ];
}

/** The section of a version in the changelog, without its heading. */
export function notesOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^(?=## )/m);
  const section = sections.find((each) => each.startsWith(`## [${version}] - `));
  return section?.split("\n").slice(1).join("\n").trim();
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestIn(root: string, folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
}

function versionProblems(root: string, folder: string, version: string): string[] {
  const { version: stated } = manifestIn(root, folder);
  if (stated === version) return [];
  return [
    `${folder}/package.json says ${stated}: run npm version ${version} --workspace ${folder} --no-git-tag-version.`,
  ];
}

function schemaProblems(root: string, version: string): string[] {
  const { version: stated } = JSON.parse(readFileSync(join(root, "provider", "schema.json"), "utf8")) as Manifest;
  return stated === version ? [] : [`provider/schema.json says ${stated}: run npm run generate.`];
}

function templateProblems(root: string, folder: string, version: string): string[] {
  const asked = manifestIn(root, folder).dependencies?.["pulumi-metered"];
  if (asked === `^${version}`) return [];
  return [`${folder}/package.json asks for pulumi-metered ${asked}: write ^${version}.`];
}

function changelogProblems(changelog: string, version: string): string[] {
  const notes = notesOf(changelog, version);
  if (notes === undefined) return [`CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD".`];
  if (notes === "") return [`CHANGELOG.md says nothing about ${version}.`];
  return [];
}
