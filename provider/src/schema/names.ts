/** The longest name that every source on Metered's names agrees to. */
export const LONGEST_NAME = 60;

/** Whether the server may have made `actual` out of `asked`: the same but for case and for what joins the words. */
export function sameName(asked: string, actual: string): boolean {
  return bare(asked) === bare(actual);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}

/** `café` gives `cafe`. */
export function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}

/** Why a name is allowed and may still surprise: what authors who use the API report, not what its document says. */
export function nameWarning(name: string): string | undefined {
  const odd = name.match(/[.~]/)?.[0];
  const surprises = [
    /[A-Z]/.test(name) && "has uppercase letters, which Metered may change to lowercase",
    odd && `has ${JSON.stringify(odd)}, which isn't known to work everywhere ("-" and "_" are)`,
    name.length > LONGEST_NAME && `has ${name.length} characters; up to ${LONGEST_NAME} are known to work`,
  ].filter(Boolean);
  return surprises.length > 0 ? surprises.join("; it ") : undefined;
}
