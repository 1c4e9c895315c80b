/** What is left to deliver in a long journal: twice as many lines take about twice the time. `node bench/journal.ts`. */
import { pendingIn, readJournalLines } from '../src/gate/journal-line.ts';
import { type Figure, median, show } from './figure.ts';

const [SOME, MANY] = [10_000, 40_000];
const ROUNDS = 9;

export async function* journal(): AsyncGenerator<Figure> {
  const [some, many] = [journalOf(SOME), journalOf(MANY)];
  const times = Array.from({ length: ROUNDS }, () => [timeOf(some), timeOf(many)] as const);
  const [few, all] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))];
  yield {
    what: `reading a journal, ${MANY.toLocaleString('en')} pending entries`,
    measured: all / few,
    unit: '×',
    // four times as many; looking at all others for each would be sixteen
    limit: 9,
    detail: `${all.toFixed(0)} ms : ${few.toFixed(0)} ms of ${SOME.toLocaleString('en')}`,
  };
}

function journalOf(count: number): string {
  const status = { context: 'pace/gate', state: 'failure', description: 'Day 1 HOLD: unit: adds' };
  const lines = Array.from({ length: count }, (_, number) => {
    const intent = { kind: 'status', day: 1, sha: String(number).padStart(40, '0'), status };
    return JSON.stringify({ v: 1, id: `id-${number}`, at: '2026-03-02T09:00:00.000Z', intent });
  });
  return `${lines.join('\n')}\n`;
}

function timeOf(text: string): number {
  const start = performance.now();
  pendingIn(readJournalLines(text).lines);
  return performance.now() - start;
}

if (import.meta.main) await show(journal);
