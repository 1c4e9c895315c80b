/** The members that have a value. */
type Defined<Members> = { [Key in keyof Members]?: Exclude<Members[Key], undefined> };

/**
 * An object without its members that are `undefined`: `{ title, ...defined({ type, dueDate }) }`.
 *
 * With `exactOptionalPropertyTypes` an absent member and one that is `undefined` differ, as they do for servers, for printed
 * JSON and for the spread of a patch over an issue. `null` stays: in a patch it means "take it away".
 */
export function defined<Members extends object>(members: Members): Defined<Members>;
export function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
