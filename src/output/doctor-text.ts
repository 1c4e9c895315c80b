/** What `doctor` has found, as plain text for a terminal or a pipe. */
import type { Diagnosis, DiagnosisState } from '../../core/ports/index.ts';
import { paint } from '../../core/text/paint.ts';
import { plainLine, plainText } from '../../core/text/untrusted-text.ts';

const COLOURS: Record<DiagnosisState, string> = { ok: '32', degraded: '33', broken: '31', unknown: '36' };
const STATES = Object.keys(COLOURS) as DiagnosisState[];
const INDENT = ' '.repeat(12);

/** One block per area: state, check and detail in a line, the remedy below it. Ends with the counts. */
export function doctorText(diagnoses: readonly Diagnosis[], options: { colour?: boolean } = {}): string {
  const { colour = false } = options;
  const width = Math.max(0, ...diagnoses.map(({ check }) => plainLine(check).length));
  const areas = [...new Set(diagnoses.map(({ area }) => area))];
  const blocks = areas.map((area) => {
    const rows = diagnoses.filter((each) => each.area === area).map((each) => row(each, width, colour));
    return [paint(colour, '1', area), ...rows].join('\n');
  });
  return `${[...blocks, counts(diagnoses)].join('\n\n')}\n`;
}

function row({ check, state, detail, remedy }: Diagnosis, width: number, colour: boolean): string {
  const head = `  ${paint(colour, COLOURS[state], state.padEnd(8))}  ${plainLine(check).padEnd(width)}  ${plainLine(detail)}`;
  if (remedy === '') return head.trimEnd();
  const [first = '', ...more] = plainText(remedy).split('\n');
  return [head.trimEnd(), `${INDENT}→ ${first}`, ...more.map((line) => `${INDENT}  ${line}`)].join('\n');
}

/** `12 ok, 1 degraded` */
export function counts(diagnoses: readonly Diagnosis[]): string {
  return STATES.map((state) => ({ state, count: diagnoses.filter((each) => each.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
}
