/** Names and texts in a JSON file of the workspace, readable and editable by people. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../world.ts';
import { readText, writeAtomically } from './files.ts';

export type Texts = Readonly<Record<string, string>>;

/** `{}` when the file is missing or unreadable as such; members that are no text are left out. */
export function readTexts({ cwd }: Pick<World, 'cwd'>, path: string): Texts {
  return parseTexts(readText(join(cwd, path)) ?? '') ?? emptyTexts();
}

/** Writes the file anew. What was unreadable before is kept beside it, and said. */
export function writeTexts({ cwd, log }: Pick<World, 'cwd' | 'log'>, path: string, texts: Texts): void {
  const file = join(cwd, path);
  const before = readText(file) ?? '';
  if (before.trim() !== '' && parseTexts(before) === undefined) {
    copyFileSync(file, `${file}.unreadable`);
    log.warn(`${path} was no JSON object. It is kept as ${path}.unreadable, and begun anew.`);
  }
  writeAtomically(file, `${JSON.stringify(texts, null, 2)}\n`);
}

function parseTexts(text: string): Texts | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
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
