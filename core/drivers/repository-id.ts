/** What a host knows a repository by. */
import { vendorId } from './vendor-id.ts';

/** A number, or a text (Bitbucket puts it in braces), as text; `undefined` for whatever cannot be one. */
export function repositoryId(value: unknown): string | undefined {
  return vendorId(typeof value === 'string' ? value.replace(/^\{|\}$/g, '') : value);
}
