/**
 * The lines that sync writes under what it copies: where it comes from, for people, and for a later run that has to know it again. They
 * are plain sentences with a link, which every tracker keeps. Pure.
 */
import { inlineMarkdown, plainLine } from '../../core/text/untrusted-text.ts';

/** An issue as people name it: `octo-org/octo-repo#12`, `PROJ-12`. */
export function issueName(place: string | undefined, key: string): string {
  // the server stands in the address
  return /^\d+$/.test(key) ? `${place?.replace(/ at \S+$/, '') ?? ''}#${key}` : key;
}

export interface Place {
  /** See `issueName`. */
  readonly name: string;
  readonly url: string;
}

/** A link; of an issue in a file, whose address no browser opens, the bare address: a tracker would make something else of a link. */
const LINK = String.raw`(?:\[(?:\\.|[^\]\\\n])+\]\(<?(?<url>[^)\s>]*)>?\)|(?<plain>[^\s[](?:\\.|[^\\\n])*?))`;
const STEP = new RegExp(String.raw`^In step with ${LINK}\. What stands below this line stays here\.[ \t]*$`, 'm');

function linkTo({ name, url }: Place): string {
  return /^https?:\/\//.test(url) ? `[${inlineMarkdown(name, 200)}](${url})` : inlineMarkdown(url || name, 200);
}

/** The address. */
function targetOf(found: RegExpExecArray | null): string | undefined {
  const { url, plain } = found?.groups ?? {};
  return url ?? plain?.replace(/\u2060/g, '').replace(/\\(.)/g, '$1');
}

/** A body in two parts: what is kept in step, and what is this side's own: the line, and what stands below it. */
export interface BodyParts {
  readonly shared: string;
  readonly own: string;
}

export function splitBody(body: string): BodyParts {
  const found = STEP.exec(body);
  if (!found) return { shared: body, own: '' };
  return { shared: body.slice(0, found.index).trimEnd(), own: body.slice(found.index) };
}

export function joinBody({ shared, own }: BodyParts): string {
  if (own === '') return shared;
  return shared.trim() === '' ? own : `${shared.trimEnd()}\n\n${own}`;
}

/** The body ends somewhere for the other side: what it had below the line may be in what is above it, once the line is gone. */
export function hasStepLine(body: string): boolean {
  return STEP.test(body);
}

/** The body of an issue that is in step with no other one any more. */
export function withoutStepLine(body: string): string {
  const { shared, own } = splitBody(body);
  return [shared, own.replace(STEP, '').trim()].filter((part) => part !== '').join('\n\n');
}

/** The own part of a new issue. */
export function stepLine(origin: Place): string {
  return `In step with ${linkTo(origin)}. What stands below this line stays here.`;
}

/** The address that the line of a body leads to. */
export function stepOrigin(body: string): string | undefined {
  return targetOf(STEP.exec(body));
}

/** A rename of a project, or of an issue, changes an address, and not the server that it is on. */
export function isOnServerOf(url: string, other: string): boolean {
  const [one, two] = [serverOf(url), serverOf(other)];
  return one !== undefined && one === two;
}

/** An address without the key that it ends with on most trackers. */
export function withoutKey(url: string): string {
  return url.replace(/[^/#:]*$/, '');
}

export function keyIn(url: string): string {
  return url.slice(withoutKey(url).length);
}

/** It may have been the address of this issue before its project was renamed: a rename changes no number. */
export function isFormerOf(url: string, now: string): boolean {
  return isOnServerOf(url, now) && keyIn(url) === keyIn(now);
}

function serverOf(url: string): string | undefined {
  return /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase();
}

const COPY = new RegExp(String.raw`^— .+ on ${LINK}, comment (?<id>\S+?)\.[ \t]*$`, 'gm');
const FILES = new RegExp(String.raw`^— Files of ${LINK}(?:, files (?<ids>[\w%-]+(?: [\w%-]+)*))?\.[ \t]*$`, 'm');
const NOTE = /^— PACE sync, conflict ([\w-]+)\.[ \t]*$/m;

/** Under a copied comment. */
export function copyLine(author: string, origin: Place, id: string): string {
  return `— ${inlineMarkdown(author, 100) || 'Somebody'} on ${linkTo(origin)}, comment ${plainLine(id, 200)}.`;
}

/** The comment that this one is a copy of, with the address of its issue; of a copy of a copy the nearer one. */
export function copiedFrom(body: string): { readonly id: string; readonly url: string } | undefined {
  const found = [...body.matchAll(COPY)].at(-1);
  return found && { id: found.groups?.['id'] ?? '', url: targetOf(found) ?? '' };
}

/** Under a list of files. The addresses may come back in a tracker's own spelling, or signed anew: what is known again is the ids. */
export function filesLine(origin: Place, ids: readonly string[]): string {
  return `— Files of ${linkTo(origin)}, files ${ids.map(spelt).join(' ')}.`;
}

/** Letters and digits, which no tracker spells otherwise. */
function spelt(id: string): string {
  return encodeURIComponent(id).replace(/[_.!~*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether the list under which this line stands tells of that file. */
export function tellsOf(body: string, id: string): boolean {
  return FILES.exec(body)?.groups?.['ids']?.split(' ').includes(spelt(id)) ?? false;
}

/** The address of the issue whose files are listed. */
export function filesOrigin(body: string): string | undefined {
  return targetOf(FILES.exec(body));
}

/** Under the note about a value that lost. */
export function noteLine(conflict: string): string {
  return `— PACE sync, conflict ${conflict}.`;
}

export function noteOf(body: string): string | undefined {
  return NOTE.exec(body)?.[1];
}
