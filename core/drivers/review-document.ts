/**
 * The change request of a host without a server: a Markdown file with a `Status:` line that a person edits. `open` waits,
 * `merged` goes on, `closed` pauses. A deleted file is no longer a change request.
 */
import { join } from 'node:path';
import { readPlain, writePlain } from '../kept/plain-file.ts';
import type { Kept } from '../kept.ts';
import type { ChangeRequest, ProposedChange } from '../ports/index.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';

// right below the heading: the text further down is not a person's answer
const STATUS = /^#[^\n]*\n\s*[*_> ]*status[*_ ]*:[*_` ]*(\w+)/i;
const STATES = ['open', 'merged', 'closed'] as const;

/** `undefined` when the file is not there. A status that we do not know is open, and is said. */
export function findReview({ cwd, log }: World, kept: Kept, path: string): ChangeRequest | undefined {
  const own = ownPath(cwd, kept, path);
  const text = (own ? kept.read(own) : readPlain(cwd, path, MAX_BYTES))?.toString('utf8');
  if (text === undefined) return undefined;
  const word = STATUS.exec(text)?.[1] ?? '';
  const state = STATES.find((known) => known === word.toLowerCase());
  if (!state) log.warn(`${path} says "Status: ${plainLine(word, 40)}". PACE knows open, merged and closed.`);
  return { key: path, url: path, state: state ?? 'open' };
}

/** Writes the document, open. */
export function writeReview(world: World, kept: Kept, path: string, change: ProposedChange): ChangeRequest {
  writeDocument(world, kept, path, documentOf(change));
  return { key: path, url: path, state: 'open' };
}

export function writeDocument({ cwd }: World, kept: Kept, path: string, text: string): void {
  const own = ownPath(cwd, kept, path);
  if (own) kept.write(own, text);
  else writePlain(cwd, path, text);
}

/** Below `.pace`; `undefined` for a document that lies elsewhere in the workspace. */
function ownPath(cwd: string, kept: Kept, path: string): string | undefined {
  const own = kept.pathOf(join(cwd, path));
  return own.startsWith('..') ? undefined : own;
}

const MAX_BYTES = 4 * 1024 * 1024;

function documentOf({ title, body, files }: ProposedChange): string {
  const content = files[0]?.content ?? '';
  const parts = [
    `# ${title.replace(/\s+/g, ' ')}`,
    'Status: open',
    '_Please answer in the line above: `merged` lets PACE go on, `closed` pauses it._',
    body.trim(),
    // the document often is the body with a heading
    ...(content.trim() === '' || content.includes(body.trim()) ? [] : ['---', content.trim()]),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
