import { withoutAccents } from "../schema/names";

/**
 * Names that a generated module uses itself, and those that JavaScript or TypeScript do not allow at the top of a
 * module.
 */
const RESERVED = new Set(
  (
    "config metered pulumi provider declareRooms " +
    "exports module require arguments eval undefined globalThis " +
    "await break case catch class const continue debugger default delete do else enum export extends false finally " +
    "for function if implements import in instanceof interface let new null package private protected public return " +
    "static super switch this throw true try typeof var void while with yield"
  ).split(" "),
);

/**
 * A readable variable for each room, in the same order: the name in camel case. Where several names give the same one,
 * they are numbered; a name that alone gives its variable always keeps it.
 *
 * @param others variables that are in use
 */
export function variablesFor(names: readonly string[], others: readonly string[] = []): string[] {
  const plain = names.map(variableFor);
  const taken = new Set(plain);
  const used = new Set(others);
  return plain.map((variable) => {
    let unique = variable;
    for (let number = 2; used.has(unique) || (unique !== variable && taken.has(unique)); number++) {
      unique = `${variable}${number}`;
    }
    used.add(unique);
    return unique;
  });
}

/** `town-hall` gives `townHall`, `2024-review` gives `room2024Review`, `delete` gives `deleteRoom`. */
function variableFor(name: string): string {
  const words = withoutAccents(name)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const variable = words.map((word, i) => (i === 0 ? lowerFirst(word) : upperFirst(word))).join("");
  if (variable === "") return "room";
  if (/^\d/.test(variable)) return `room${variable}`;
  return RESERVED.has(variable) ? `${variable}Room` : variable;
}

function lowerFirst(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : `${word[0]?.toLowerCase()}${word.slice(1)}`;
}

export function upperFirst(word: string): string {
  return `${word[0]?.toUpperCase()}${word.slice(1)}`;
}
