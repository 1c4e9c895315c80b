/** How backends, and what is found about them, look in a table and in JSON. Pure. */
import type { BackendRow, CheckedBackend, Detection } from '../backends/rows.ts';
import type { Shape } from './formats.ts';

export const BACKENDS: Shape<BackendRow> = {
  fields: {
    name: ({ name }) => name,
    platform: ({ platform }) => platform,
    from: ({ from }) => from,
    default: (row) => row.default,
  },
  columns: [
    { title: 'Default', of: (row) => (row.default ? '*' : ' '), align: 'start' },
    { title: 'Name', of: ({ name }) => name, align: 'start' },
    { title: 'Platform', of: ({ platform }) => platform, align: 'start' },
    { title: 'From', of: ({ from }) => from },
  ],
  id: ({ name }) => name,
};

export const TESTS: Shape<CheckedBackend> = {
  fields: { check: ({ check }) => check, ok: ({ ok }) => ok, detail: ({ detail }) => detail },
  columns: [
    { title: 'Check', of: ({ check }) => check, align: 'start' },
    { title: 'Result', of: ({ ok }) => (ok ? 'ok' : 'failed'), align: 'start' },
    { title: 'Detail', of: ({ detail }) => detail, max: 1000 },
  ],
  id: ({ check }) => check,
};

export const DETECTIONS: Shape<Detection> = {
  fields: { tracker: ({ tracker }) => tracker, because: ({ because }) => because, missing: ({ missing }) => missing },
  columns: [
    { title: 'Tracker', of: ({ tracker }) => tracker, align: 'start' },
    { title: 'Why', of: ({ because }) => because, max: 1000 },
  ],
  id: ({ tracker }) => tracker,
};

/** A backend, and the file in which something was changed. */
export const CHANGES: Shape<{ readonly name: string; readonly file: string }> = {
  fields: { name: ({ name }) => name, file: ({ file }) => file },
  columns: [
    { title: 'Name', of: ({ name }) => name, align: 'start' },
    { title: 'File', of: ({ file }) => file },
  ],
  id: ({ name }) => name,
};
