/** Lists of Linear, page by page. https://linear.app/developers/pagination */
import { asPaceError } from '../../core/errors.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { pageSizeOf, type Selection } from './selection.ts';
import { listOf, type WirePage } from './wire.ts';

export interface Pages<Node> {
  readonly of: Selection;
  /** Asks for one page; `undefined` is an answer without the list. */
  ask(first: number, after: string | undefined): Promise<WirePage<Node> | undefined>;
  /** The size of the first page: most lists are left early, and Linear counts what is asked for, not what comes. */
  readonly begin?: number;
}

const SMALLEST_PAGE = 10;

/** Each node once, although what is new moves the others. Smaller pages where Linear finds a query too complex. */
export async function* allOf<Node extends { readonly id: string }>({
  of,
  ask,
  begin,
}: Pages<Node>): AsyncGenerator<Node> {
  const seen = new Set<string>();
  const guard = createPageGuard('Linear');
  let most = pageSizeOf(of);
  let size = Math.min(most, begin ?? most);
  for (let after: string | undefined, goesOn = true; goesOn; ) {
    const found = await ask(size, after).catch((error: unknown) => {
      if (size <= SMALLEST_PAGE || !isTooComplex(error)) throw error;
      return 'too complex' as const;
    });
    if (found === 'too complex') {
      most = Math.max(SMALLEST_PAGE, Math.floor(size / 2));
      size = most;
      continue;
    }
    if (!found?.pageInfo) throw unexpectedAnswer('Linear', 'a list is missing');
    for (const node of listOf(found, 'nodes')) {
      if (!seen.has(node.id)) yield node;
      seen.add(node.id);
    }
    const { hasNextPage, endCursor } = found.pageInfo;
    goesOn = hasNextPage === true && typeof endCursor === 'string' && endCursor !== after;
    if (hasNextPage && !goesOn) throw unexpectedAnswer('Linear', 'a list has no next page although it says so');
    if (goesOn) guard.next(endCursor ?? '');
    after = endCursor ?? undefined;
    size = most;
  }
}

function isTooComplex(error: unknown): boolean {
  const { kind, vendorMessage = '' } = asPaceError(error);
  return kind === 'validation' && /complex/i.test(vendorMessage);
}
