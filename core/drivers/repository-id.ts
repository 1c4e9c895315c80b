/** What a host knows a repository by. */

/** A number, or a text (Bitbucket puts it in braces), as text; `undefined` for whatever cannot be one. */
export function repositoryId(value: unknown): string | undefined {
  // the client of GitHub reads large numbers as `bigint`
  if (typeof value === 'number' || typeof value === 'bigint') return value > 0 ? String(value) : undefined;
  return typeof value === 'string' ? value.replace(/^\{|\}$/g, '') || undefined : undefined;
}
