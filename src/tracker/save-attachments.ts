/** Saves the files of an issue in a folder: each whole or not at all, never over another file, never outside of the folder. */
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { asPaceError, errorCode, fileError, PaceError } from '../../core/errors.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import type { Attachment } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { ShownAttachment } from './print/fields.ts';

export interface NotSaved {
  readonly name: string;
  readonly error: PaceError;
}

export interface SavePlace {
  readonly cwd: string;
  /** As the person has named it. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/** One after the other: they may be large. */
export async function saveAttachments(
  attachments: readonly Attachment[],
  read: (attachment: Attachment) => Promise<Uint8Array>,
  { cwd, folder, signal }: SavePlace,
): Promise<{ readonly saved: readonly ShownAttachment[]; readonly failed: readonly NotSaved[] }> {
  const saved: ShownAttachment[] = [];
  const failed: NotSaved[] = [];
  for (const attachment of attachments) {
    signal?.throwIfAborted();
    try {
      const bytes = await read(attachment);
      const name = await save(resolve(cwd, folder), attachment.name, bytes);
      saved.push({ ...attachment, path: join(folder, name) });
    } catch (error) {
      failed.push({ name: attachment.name, error: asPaceError(error) });
    }
  }
  return { saved, failed };
}

/** Gives the name that it has got. The empty file that takes the name first is nobody else's. */
async function save(folder: string, wanted: string, bytes: Uint8Array): Promise<string> {
  const name = takeName(folder, safeName(wanted));
  const path = join(folder, name);
  try {
    await writeWhole(path, bytes);
    return name;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

const MOST_TWINS = 1000;

/** `a.png`, `a (2).png` … Whatever stands there, a link too, keeps its name. */
function takeName(folder: string, name: string): string {
  const { name: stem, ext } = parse(name);
  try {
    mkdirSync(folder, { recursive: true });
    for (let twin = 1; twin <= MOST_TWINS; twin += 1) {
      const candidate = twin === 1 ? name : `${stem} (${twin})${ext}`;
      if (isTaken(join(folder, candidate))) return candidate;
    }
  } catch (error) {
    throw fileError(error, 'write', join(folder, name));
  }
  throw new PaceError({
    kind: 'validation',
    operation: 'readAttachment',
    message: `There are too many files called ${name} in the folder.`,
    remedy: 'Please name another folder.',
  });
}

/** Taken by us just now. */
function isTaken(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** In bytes, so that ` (2)` and the name of a draft have room in the 255 of most systems. */
const LONGEST_NAME = 150;
/** https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file */
const OF_WINDOWS = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

/** A name that is one file in a folder on every system, whatever the tracker says. Pure. */
export function safeName(given: string): string {
  const last = plainLine(given, 1000).replace(/[<>:"|?*\\/]+/g, '_');
  // neither hidden nor the folder itself; Windows drops what stands at the end
  const name = last.replace(/^[.\s]+/, '').replace(/[.\s]+$/, '');
  // nor an option of a program that is given all files of the folder
  const known = OF_WINDOWS.test(name) || name.startsWith('-') ? `_${name}` : name;
  return shortened(known || 'attachment');
}

/** What says the kind of file stays. */
function shortened(name: string): string {
  const { name: stem, ext } = parse(name);
  const end = Buffer.byteLength(ext) <= 20 ? ext : '';
  let letters = [...(end === '' ? name : stem)];
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  while (Buffer.byteLength(letters.join('') + end) > LONGEST_NAME) letters = letters.slice(0, -1);
  return letters.join('') + end;
}

export function noSuchAttachment(name: string): NotSaved {
  const message = `The issue has no attachment called ${plainLine(name, 100)}.`;
  const remedy = 'Please check its name: `pace issue attachments KEY` lists all of them.';
  return { name, error: new PaceError({ kind: 'not-found', operation: 'readAttachment', message, remedy }) };
}
