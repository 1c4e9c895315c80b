/** The lines of records, without credentials. To look for those takes most of the time: what stands on the disk has been looked at. */

import { redactDeep } from '../../core/text/redact.ts';
import type { World } from '../../core/world.ts';
import type { TextOf } from './state-file.ts';

/**
 * @param known how records stand in the file, by the values that were read from them
 */
export function createTexts({ redact }: Pick<World, 'redact'>, known: ReadonlyMap<object, Buffer>): TextOf {
  const made = new WeakMap<object, string | Buffer>(known);
  const standing = new Map<string, Buffer>();
  for (const [from, line] of known) standing.set(keyOf(from), line);

  function textOf(from: object, record: object): string | Buffer {
    const text = JSON.stringify(record);
    const line = standing.get(keyOf(from));
    return line?.equals(Buffer.from(text)) ? line : withoutCredentials(redact, record, text);
  }

  return (from, record) => {
    const text = made.get(from) ?? textOf(from, record());
    made.set(from, text);
    return text;
  };
}

/** A pair and a conflict have ids of their own. */
function keyOf(from: object): string {
  return 'id' in from ? `${'field' in from ? 'conflict' : 'pair'} ${from.id}` : '';
}

function withoutCredentials(redact: World['redact'], record: object, text: string): string {
  const all = stringsIn(record).join('\n');
  // all of a record at once is far quicker, and mostly there is nothing to hide
  return redact(all) === all ? text : JSON.stringify(redactDeep(redact, record));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (Array.isArray(value) ? stringsIn(item) : [key, ...stringsIn(item)])); // biome-ignore format: one thought
}
