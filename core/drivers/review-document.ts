/**
 * The change request of a host without a server: a Markdown file with a `Status:` line that a person edits. `open` waits,
 * `merged` goes on, `closed` pauses. A deleted file is no longer a change request.
 */
import { join } from 'node:path';
import { readTextFile } from '../files/read-text-file.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { ChangeRequest, ProposedChange } from '../ports/index.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';

// right below the heading: the text further down is not a person's answer
const STATUS = /^#[^\n]*\n\s*[*_> ]*status[*_ ]*:[*_` ]*(\w+)/i;
const STATES = ['open', 'merged', 'closed'] as const;

/** `undefined` when the file is not there. A status that we do not know is open, and is said. */
export function findReview({ cwd, log }: World, path: string): ChangeRequest | undefined {
  const text = readTextFile(join(cwd, path));
  if (text === undefined) return undefined;
  const word = STATUS.exec(text)?.[1] ?? '';
  const state = STATES.find((known) => known === word.toLowerCase());
  if (!state) log.warn(`${path} says "Status: ${plainLine(word, 40)}". PACE knows open, merged and closed.`);
  return { key: path, url: path, state: state ?? 'open' };
}

/** Writes the document, open. */
export async function writeReview({ cwd }: World, path: string, change: ProposedChange): Promise<ChangeRequest> {
  await writeWhole(join(cwd, path), documentOf(change));
  return { key: path, url: path, state: 'open' };
}

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
