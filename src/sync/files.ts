/** Files of one issue, told on the other one by their addresses: they stay where they are. Pure. */
import type { Attachment, Comment } from '../../core/ports/index.ts';
import { inlineMarkdown, plainLine } from '../../core/text/untrusted-text.ts';
import { filesLine, filesOrigin, isOnServerOf, type Place, tellsOf } from './footers.ts';
import type { Pair } from './pair.ts';
import type { Flow } from './rules.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

/** Files of the other side that this one is to be told of. */
export interface NewFiles {
  readonly to: SideName;
  readonly files: readonly Attachment[];
}

export interface FilesInput {
  readonly pair: Pair;
  readonly files: Sides<readonly Attachment[]>;
  readonly comments: Sides<readonly Comment[]>;
  /** Of both issues. */
  readonly urls: Sides<string>;
  readonly flow: Flow;
}

export interface FilesPlan {
  readonly known: Partial<Sides<readonly string[]>>;
  readonly news: readonly NewFiles[];
}

/** What an earlier run has told without remembering it, its comment tells. */
export function planFiles({ pair, files, comments, urls, flow }: FilesInput): FilesPlan {
  const known: { a?: readonly string[]; b?: readonly string[] } = { ...pair.attachments };
  const news: NewFiles[] = [];
  for (const from of ['a', 'b'] as const) {
    const to = otherSide(from);
    const isOfThere = (url = '') => url === urls[from] || isOnServerOf(url, urls[from]);
    const told = comments[to].filter(({ body }) => isOfThere(filesOrigin(body)));
    const before = known[from] ?? [];
    const recovered = files[from].filter(
      // lists of an older PACE have no ids
      ({ id, url }) => !before.includes(id) && told.some(({ body }) => tellsOf(body, id) || body.includes(`(${url})`)),
    );
    if (recovered.length > 0) known[from] = [...before, ...recovered.map(({ id }) => id)];
    const fresh = files[from].filter(({ id }) => !(known[from] ?? []).includes(id));
    if (fresh.length > 0 && (flow === 'both' || flow === `to-${to}`)) news.push({ to, files: fresh });
  }
  return { known, news };
}

export function filesText(files: readonly Attachment[], origin: Place): string {
  const lines = files.map(({ name, url }) => `- [${inlineMarkdown(name, 200) || 'file'}](${plainLine(url, 2000)})`);
  return `${lines.join('\n')}\n\n${filesLine(
    origin,
    files.map(({ id }) => id),
  )}`;
}
