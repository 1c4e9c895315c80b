/** So often at most: what has not settled by then goes round in a circle. */
const MOST = 12;

/**
 * What becomes of a text when the same is done to it until nothing changes any more. Where it goes round in a circle instead, the first
 * one of that circle by the alphabet: so whichever of them it began with, the outcome is the same.
 */
export function settled(text: string, change: (text: string) => string): string {
  const seen = [text];
  for (let last = text; seen.length <= MOST; ) {
    last = change(last);
    const place = seen.indexOf(last);
    if (place >= 0) return seen.slice(place).reduce((least, each) => (each < least ? each : least));
    seen.push(last);
  }
  return seen.at(-1) ?? text;
}
