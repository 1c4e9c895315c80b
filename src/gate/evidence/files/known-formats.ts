/** Every kind of file that PACE knows when it sees one, read or not, and what to have in place of one that is not. */
import { knownCoverage } from './known-coverage.ts';
import type { KnownFormat, ReadBy } from './known-format.ts';
import { knownScans } from './known-scans.ts';
import { knownTests } from './known-tests.ts';

/** Anything else. */
const others = {
  html: { name: 'HTML', instead: 'Use the report that the same tool writes for machines.' },
  empty: { name: 'an empty file', instead: 'The tool that writes it may have been stopped.' },
  xml: { name: 'XML of a kind that PACE does not know' },
  json: { name: 'JSON of a kind that PACE does not know' },
  text: { name: 'text, neither XML nor JSON' },
} satisfies Record<string, KnownFormat>;

export type Format =
  | keyof typeof knownTests
  | keyof typeof knownScans
  | keyof typeof knownCoverage
  | keyof typeof others;

export interface Kind extends KnownFormat {
  /** Absent where it may be about anything. */
  readonly about?: ReadBy;
}

export const knownFormats: Readonly<Record<Format, Kind>> = {
  ...kinds('tests', knownTests),
  ...kinds('sarif', knownScans),
  ...kinds('coverage', knownCoverage),
  ...others,
};

function kinds<Name extends string>(about: ReadBy, formats: Readonly<Record<Name, KnownFormat>>): Record<Name, Kind>;
function kinds(about: ReadBy, formats: Readonly<Record<string, KnownFormat>>): Record<string, Kind> {
  return Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, { ...format, about }]));
}

/** Which source reads it; nothing where none does. */
export function readBy({ about, isRead }: Kind): ReadBy | undefined {
  return isRead ? about : undefined;
}
