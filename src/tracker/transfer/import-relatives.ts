/** Parents and links of imported issues, when all issues of the file are there. */
import { asPaceError } from '../../../core/errors.ts';
import { keptLink } from '../../../core/tracker/kept-link.ts';
import { attempted, type ImportContext, type Item, isThere, note } from './import-item.ts';
import { originOf } from './origin.ts';

/** What a tracker lacks is a note: the issue itself is there. */
export async function relate(item: Item, context: ImportContext): Promise<void> {
  const { line } = item;
  if (line.parent) await attempted(item, () => setParent(item, line.parent ?? '', context));
  if (line.links.length > 0) await attempted(item, () => setLinks(item, context));
}

async function setParent(item: Item, source: string, { tracker, target, known }: ImportContext): Promise<void> {
  const left = (reason: string) => note(item, `the parent ${source} is left out: ${reason}`);
  const lacking = target.can.unsupported.parent;
  if (lacking !== undefined) return left(lacking);
  const parent = known.sibling(originOf(item.line), source);
  if (parent === undefined) return left('it is not in the file.');
  if (!isThere(item)) return;
  const { key } = item.result;
  if ((await tracker.getIssue(key)).parent === parent) return;
  if (item.existing !== undefined) note(item, `the parent ${source} is set.`);
  await unlessUnsupported(() => tracker.updateIssue(key, { parent }), left);
}

/** Those that are there are not written again. */
async function setLinks(item: Item, context: ImportContext): Promise<void> {
  const { tracker, target, known } = context;
  const { can } = target;
  if (can.unsupported.links !== undefined) return note(item, `the links are left out: ${can.unsupported.links}`);
  const there = isThere(item) ? await tracker.getIssueLinks(item.result.key) : [];
  for (const { type, target: source } of item.line.links) {
    const left = (reason: string) => note(item, `the link “${type}” ${source} is left out: ${reason}`);
    const kept = keptLink(can.linkTypes, { type, target: source }).type;
    const other = known.sibling(originOf(item.line), source);
    if (!can.linkTypes.includes(kept)) left(`the tracker has ${can.linkTypes.join(', ')}.`);
    else if (other === undefined) left('it is not in the file.');
    else if (other === item.result.key && other !== '') left('it leads to the issue itself.');
    else if (!there.some((each) => each.type === kept && each.target === other)) {
      if (item.existing !== undefined) note(item, `the link “${type}” ${source} is added.`);
      if (kept !== type) note(item, `the link “${type}” ${source} is kept as “${kept}”.`);
      if (!isThere(item)) continue;
      const { key } = item.result;
      await unlessUnsupported(() => tracker.createLink(key, { type: kept, target: other }), left);
    }
  }
}

async function unlessUnsupported(work: () => Promise<unknown>, left: (reason: string) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { kind, message } = asPaceError(error);
    if (kind !== 'unsupported') throw error;
    left(message);
  }
}
