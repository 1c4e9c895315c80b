/** A path into JSON as people write it: `$.state`, `phases[0].state`, `$["a key with dots"]`, `items[-1]`. Pure. */

export type JsonPath = readonly (string | number)[];

/** A name, a place in a list (from the end where it is negative), or a name in brackets. */
const STEP = /(?:^|\.)([\p{L}\p{N}_$-]+)|\[(-?\d{1,9})\]|\[(?:"([^"]*)"|'([^']*)')\]/uy;

/** `undefined` where the text is no such path. `$` alone is the whole. */
export function parseJsonPath(text: string): JsonPath | undefined {
  const steps: (string | number)[] = [];
  let at = /^\$(?=[.[]|$)/.test(text) ? 1 : 0;
  if (at === 0 && text === '') return undefined;
  while (at < text.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (!found) return undefined;
    const [whole, name, place, quoted, other] = found;
    steps.push(place === undefined ? (name ?? quoted ?? other ?? '') : Number(place));
    at += whole.length;
  }
  return steps;
}
