/**
 * Change requests of a host that has none: files in the workspace, and a list of which branch's request is which file.
 */
import { relativePath } from '../files/workspace-path.ts';
import { keptOf } from '../kept/open-kept.ts';
import { inOperation } from '../operation.ts';
import type { ChangeRequest, CodeHost, ProposedChange, TextLimit } from '../ports/index.ts';
import type { World } from '../world.ts';
import { findReview, writeDocument, writeReview } from './review-document.ts';
import { readTexts, writeTexts } from './texts-file.ts';

/** Branch → path of the document that stands for its change request; below `.pace`. */
const REVIEWS = 'reviews.json';
/** What a person can still read. */
const BODY_LIMIT: TextLimit = { max: 1_000_000, unit: 'characters' };

/** The part of a code host that proposes changes, by files only. */
export function writtenReviews(world: World): Pick<CodeHost, 'proposeChange' | 'findChange' | 'bodyLimit'> {
  const kept = keptOf(world);

  async function findChange(branch: string): Promise<ChangeRequest | undefined> {
    const path = readTexts(world, kept, REVIEWS)[branch];
    return path === undefined ? undefined : findReview(world, kept, relativePath(path));
  }

  return {
    bodyLimit: BODY_LIMIT,
    findChange: (branch) => inOperation('findChange', () => findChange(branch)),
    proposeChange: (change) =>
      inOperation('proposeChange', async () => {
        const known = await findChange(change.branch);
        if (known && known.state !== 'open') return known;
        const [document, ...others] = change.files;
        const path = known?.key ?? relativePath(document?.path ?? pathFor(change));
        for (const file of others) writeDocument(world, kept, relativePath(file.path), file.content);
        const review = writeReview(world, kept, path, change);
        writeTexts(kept, REVIEWS, { ...readTexts(world, kept, REVIEWS), [change.branch]: path });
        return review;
      }),
  };
}

function pathFor(change: ProposedChange): string {
  return `.pace/${change.branch.replace(/[^A-Za-z0-9._-]+/g, '-')}.md`;
}
