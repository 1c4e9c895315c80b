/** How the lines of an import look when they are done. Pure. */
import type { ImportResult } from '../transfer/import-issues.ts';
import type { Shape } from './formats.ts';

export const IMPORTS: Shape<ImportResult> = {
  fields: {
    line: ({ line }) => line,
    source: ({ source }) => source,
    outcome: ({ outcome }) => outcome,
    key: ({ key }) => key || null,
    notes: ({ notes }) => notes,
    error: ({ error, mistakes }) => mistakes ?? (error ? `${error.message} ${error.remedy}`.trim() : null),
  },
  columns: [
    { title: 'Line', of: ({ line }) => String(line), align: 'end' },
    { title: 'Source', of: ({ source }) => source, align: 'start' },
    { title: 'Outcome', of: ({ outcome }) => outcome, align: 'start' },
    { title: 'Key', of: ({ key }) => key, align: 'start' },
    { title: 'Notes', of: ({ notes }) => notes.join(' '), max: 1000 },
  ],
  id: ({ key }) => key,
};
