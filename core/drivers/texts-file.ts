/** Names and texts in a JSON file below `.pace`, readable and editable by people. */

import type { Kept } from '../kept.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';

export type Texts = Readonly<Record<string, string>>;

/** `{}` when the file is missing; members that are not text are left out. What is not a JSON object is set aside, and said. */
export function readTexts({ log }: Pick<World, 'log'>, kept: Kept, path: string): Texts {
  const text = kept.read(path)?.toString('utf8') ?? '';
  const texts = parseTexts(text);
  if (texts) return texts;
  const aside = text.trim() === '' ? undefined : kept.keepAside(path);
  if (aside) {
    kept.remove(path);
    log.warn(`.pace/${path} was not a JSON object. It is kept beside it as ${aside}, and a new one is begun.`);
  }
  return emptyTexts();
}

/** Writes the file anew; to be called with what was read before, and more. */
export function writeTexts(kept: Kept, path: string, texts: Texts): void {
  kept.write(path, `${JSON.stringify(texts, null, 2)}\n`);
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
