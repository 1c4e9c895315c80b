/** `sync`: which trackers are kept in step, in which direction, and what of their issues. */
import { z } from 'zod';
import { ringsIn } from './sync-rings.ts';
import { SYNC_WORDS } from './sync-words.ts';
import { text } from './values.ts';

const fieldName = z.enum(SYNC_WORDS);

const names = (what: string, example: Readonly<Record<string, string>>) =>
  z
    .record(text, text)
    .default({})
    .describe(what)
    .meta({ examples: [example] });

const person = z
  .strictObject({
    a: text.optional().describe('On `a`.'),
    b: text.optional().describe('On `b`.'),
  })
  .refine(({ a, b }) => a !== undefined || b !== undefined, 'names nobody; please write who it is on `a` and on `b`');

export const syncedPair = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,62}$/, 'is not a name such as board: small letters, digits and dashes')
      .describe('What `pace sync run` calls it.')
      .meta({ examples: ['board'] }),
    a: text
      .describe('One tracker: what `--backend` takes, so a backend of this file or a platform.')
      .meta({ examples: ['github'] }),
    b: text.describe('The other tracker.').meta({ examples: ['jira'] }),
    direction: z
      .enum(['both', 'to_a', 'to_b'])
      .default('both')
      .describe('Who is written to. `to_b`: `a` is only read, and gets no mark and no comment.'),
    query: text
      .optional()
      .describe('Which issues, in the words of `pace issue list --query`; all of both trackers when absent.')
      .meta({ examples: ['label:shared'] }),
    prefer: z
      .enum(['ask', 'a', 'b', 'newer'])
      .default('ask')
      .describe(
        'Whose value is kept where both changed one field apart. `ask`: both stay until `pace sync resolve`. `newer`: that of the issue which was changed last. What loses is kept in `pace sync conflicts --all`.',
      ),
    states: names('States by their names on `a`, and what each is called on `b`. Else the nearest one.', {
      'In Review': 'Code review',
    }),
    types: names('Types by their names on `a`, and what each is called on `b`.', { chore: 'Task' }),
    labels: names('Labels by their names on `a`, and what each is called on `b`. Others keep their name.', {
      ui: 'frontend',
    }),
    people: z
      .record(text, person)
      .default({})
      .describe(
        'Who is who, by a name that you choose. Others are known by their e-mail address, where both trackers tell it.',
      )
      .meta({ examples: [{ ann: { a: 'ann-dev', b: 'ann@example.org' } }] }),
    fields: z
      .array(fieldName)
      .min(1)
      .optional()
      .describe('Nothing else is kept in step; everything when absent.')
      .meta({ examples: [['title', 'body', 'state', 'comments']] }),
    without: z.array(fieldName).default([]).describe('What is not kept in step.'),
    origin: z
      .boolean()
      .default(true)
      .describe(
        'Whether what sync creates ends with a line that says where it comes from. Where a tracker has no place for metadata the line is there all the same.',
      ),
    private: z
      .boolean()
      .default(false)
      .describe(
        'Whether what not everybody can see in its own tracker is copied too: confidential issues, internal notes, comments for one group. Whoever can read the other tracker can read the copies.',
      ),
  })
  .superRefine(fieldsOnce);

export type SyncedPair = z.infer<typeof syncedPair>;

function fieldsOnce({ fields, without }: { fields?: unknown; without: readonly string[] }, context: z.RefinementCtx) {
  if (fields === undefined || without.length === 0) return;
  const message = 'cannot stand beside `fields`, which says all that is kept in step';
  context.addIssue({ code: 'custom', path: ['without'], message });
}

/** Names differ, no tracker is in step with itself, and nothing reaches a tracker by two ways. */
export function withoutRings(pairs: readonly SyncedPair[], context: z.RefinementCtx): void {
  const rings = ringsIn(pairs);
  const seen = new Set<string>();
  for (const [index, { name, a, b }] of pairs.entries()) {
    const mistake = (key: 'name' | 'b', message: string) =>
      context.addIssue({ code: 'custom', path: [index, key], message });
    if (seen.has(name)) mistake('name', 'is used twice; every name must differ');
    seen.add(name);
    if (a === b) mistake('b', 'is the same tracker as `a`; please name two');
    const way = rings.get(index);
    if (way?.length === 2) mistake('b', `makes a second pair of ${a} and ${b}; please keep one`);
    else if (way)
      mistake(
        'b',
        `closes a ring: ${[...way, a].join(' – ')}. Each issue would come by two ways; please take one pair out`,
      );
  }
}
