/** `A-9` before `A-10`. */
export function compareKeys(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
