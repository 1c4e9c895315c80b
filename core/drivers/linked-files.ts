/** Files that a tracker tells of only by links in texts: of the body first, then of the comments, each address once. */
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import type { Attachment, Comment, Issue, Person } from '../ports/issue.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** A text with who wrote it, and when. */
interface Told {
  readonly body: string;
  readonly author?: Person | undefined;
  readonly createdAt: number;
}

/** What the address means here; `undefined` for one of anything else. */
export type FileOf = (address: string) => { readonly url: string; readonly name?: string } | undefined;

export async function* linkedFiles(
  issue: Issue,
  comments: AsyncIterable<Comment>,
  fileOf: FileOf,
): AsyncGenerator<Attachment> {
  const seen = new Set<string>();
  function* fresh(told: Told): Generator<Attachment> {
    for (const file of filesIn(told, fileOf)) {
      if (!seen.has(file.id)) yield file;
      seen.add(file.id);
    }
  }
  yield* fresh(issue);
  for await (const comment of comments) yield* fresh(comment);
}

function* filesIn({ body, author, createdAt }: Told, fileOf: FileOf): Generator<Attachment> {
  for (const { address, words } of addressesIn(body)) {
    const file = fileOf(address);
    if (!file) continue;
    const name = file.name || words || lastPart(file.url);
    yield { id: file.url, name, url: file.url, ...defined({ author }), createdAt };
  }
}

/** Links and pictures of Markdown, pictures of HTML, and bare addresses. All parts are bounded: a text may be hostile. */
const ADDRESS =
  /\[([^[\]\n]{0,300})\]\(\s{0,9}<?([^\s()<>]{1,2000})|\bsrc\s{0,9}=\s{0,9}["']([^"'\s<>]{1,2000})["']|(https?:\/\/[^\s<>()[\]"'`]{1,2000})/g;

function* addressesIn(text: string): Generator<{ readonly address: string; readonly words: string }> {
  for (const [, words = '', linked, source, bare = ''] of text.matchAll(ADDRESS))
    yield { address: linked ?? source ?? bare.replace(/[.,;:!?]{1,9}$/, ''), words: words.trim() };
}

/** `a b.png` of `…/a%20b.png?x`. */
export function lastPart(address: string): string {
  const path = URL.parse(address)?.pathname ?? address;
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last || 'file';
  }
}

/** What is kept somewhere else is only named here. */
export function notKeptHere(tracker: string, { name, url }: Attachment): PaceError {
  return new PaceError({
    kind: 'unsupported',
    operation: 'readAttachment',
    message: `${tracker} does not keep ${plainLine(name, 100)}: it is a link to another place.`,
    remedy: `Please get it there: ${plainLine(url, 500)}`,
  });
}
