/**
 * Two imports at once into a tracker that knows no “once”: after each handful of new issues the newest are looked through again.
 * Of those with one origin the oldest stands, and whoever made a younger one closes it.
 */
import type { Issue } from '../../../core/ports/index.ts';
import { ORIGIN } from '../../../core/tracker/origin.ts';
import { attempted, type ImportContext, type Item, isThere, note } from './import-item.ts';
import { originOf } from './origin.ts';

export async function giveWay(items: readonly Item[], context: ImportContext): Promise<void> {
  const { known } = context;
  // what others have made meanwhile
  await known.lookAgain();
  for (const item of items) {
    if (!isThere(item)) continue;
    const { key } = item.result;
    const oldest = known.find(originOf(item.line));
    if (oldest === undefined || oldest === key) continue;
    await attempted(item, () => closeTwin(item, oldest, context));
  }
}

async function closeTwin(item: Item, oldest: string, { tracker }: ImportContext): Promise<void> {
  const { result } = item;
  const twin = await tracker.getIssue(result.key);
  const words = `A copy of ${oldest}: two imports made it at once.`;
  note(item, `the copy ${result.key} that two imports made at once is closed.`);
  Object.assign(result, { key: oldest, outcome: 'unchanged' });
  await tracker.updateIssue(twin.key, { state: 'canceled', metadata: withoutOrigin(twin, oldest) });
  await tracker.addComment(twin.key, words);
}

/** It stands for nothing any more, and still says where it came from. */
function withoutOrigin({ metadata }: Issue, oldest: string): Issue['metadata'] {
  return { ...metadata, [ORIGIN]: { ...Object(metadata[ORIGIN]), twinOf: oldest } };
}
