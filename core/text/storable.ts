/** The text as databases and JSON take it: no half characters, no NUL. Vendors whose stores take less have their own. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
