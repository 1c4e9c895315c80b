/** Names and texts in a JSON file of the workspace, readable and editable by people. */

import { basename, join } from 'node:path';
import { readTextFile } from '../files/read-text-file.ts';
import { setAside } from '../files/set-aside.ts';
import { writeWhole } from '../files/write-whole.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';

export type Texts = Readonly<Record<string, string>>;

/** `{}` when the file is missing; members that are not text are left out. What is not a JSON object is set aside, and said. */
export function readTexts({ cwd, log }: Pick<World, 'cwd' | 'log'>, path: string): Texts {
  const file = join(cwd, path);
  const text = readTextFile(file) ?? '';
  const texts = parseTexts(text);
  if (texts) return texts;
  const kept = text.trim() === '' ? undefined : setAside(file);
  if (kept)
    log.warn(`${path} was not a JSON object. It is kept beside it as ${basename(kept)}, and a new one is begun.`);
  return emptyTexts();
}

/** Writes the file anew; to be called with what was read before, and more. */
export async function writeTexts({ cwd }: Pick<World, 'cwd'>, path: string, texts: Texts): Promise<void> {
  await writeWhole(join(cwd, path), `${JSON.stringify(texts, null, 2)}\n`);
}

function parseTexts(text: string): Texts | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed)) return undefined;
    return Object.assign(emptyTexts(), Object.fromEntries(Object.entries(parsed).filter(isText)));
  } catch {
    return undefined;
  }
}

// without a prototype, so that `constructor` is nobody's variable
function emptyTexts(): Texts {
  return Object.create(null);
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
