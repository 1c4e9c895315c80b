/** What the contract suite asks of a server on loopback: how much it was asked, and odd answers on demand. */
import { isRecord } from '../../core/record.ts';
import type { OddAnswer, TrackerBench } from '../contract/issue-tracker/bench.ts';
import type { Asked, Loopback, Trouble } from './loopback.ts';

/** For a bench: `...oddAnswers(server)`. `isWrite` for APIs that read by POST, too. */
export function oddAnswers(
  server: Pick<Loopback, 'exchanges' | 'trouble'>,
  isWrite: (asked: Asked) => boolean = ({ method }) => method !== 'GET' && method !== 'HEAD',
): Required<Pick<TrackerBench, 'requests' | 'answerNext'>> {
  // requests that end without an answer are not among the exchanges
  let lost = { all: 0, writes: 0 };
  return {
    requests: () => ({
      all: server.exchanges.length + lost.all,
      writes: server.exchanges.filter(({ asked }) => isWrite(asked)).length + lost.writes,
    }),
    answerNext: (odd, { at = 1, times = 1, of } = {}) => {
      let [wait, left] = [at, times];
      const match = (asked: Asked) => {
        if (left <= 0 || (of !== undefined && (of === 'write') !== isWrite(asked))) return false;
        if (wait > 1) {
          wait -= 1;
          return false;
        }
        left -= 1;
        if (odd === 'reset') lost = { all: lost.all + 1, writes: lost.writes + Number(isWrite(asked)) };
        return true;
      };
      server.trouble(match, toTrouble(odd), Number.POSITIVE_INFINITY);
      return () => {
        left = 0;
      };
    },
  };
}

/** For a bench: `spoil: spoiling(server, 'number')`, where the vendor's answers name an issue by that field. */
export function spoiling(server: Pick<Loopback, 'trouble'>, keyField: string): (key: string) => () => void {
  return (key) => {
    let isOn = true;
    server.trouble(
      () => isOn,
      (answer) => ({ ...answer, json: spoiled(answer.json, (record) => String(record[keyField]) === key) }),
      Number.POSITIVE_INFINITY,
    );
    return () => {
      isOn = false;
    };
  };
}

const TITLES = ['title', 'name', 'summary'];
const AUTHORS = ['user', 'author', 'creator', 'created_by'];

function spoiled(value: unknown, isMeant: (record: Readonly<Record<string, unknown>>) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => spoiled(one, isMeant));
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, spoiled(inner, isMeant)]);
  const record: Readonly<Record<string, unknown>> = Object.fromEntries(fields);
  if (!isMeant(record)) return record;
  // Jira keeps them one floor deeper
  return isRecord(record['fields']) ? { ...record, fields: withoutNames(record['fields']) } : withoutNames(record);
}

function withoutNames(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const odd = Object.entries(record).map(([name, value]) => {
    if (TITLES.includes(name)) return [name, null];
    return [name, AUTHORS.includes(name) && isRecord(value) ? {} : value];
  });
  return Object.fromEntries(odd);
}

function toTrouble(odd: OddAnswer): Trouble {
  if (odd === 'reset') return 'reset-before';
  return odd === 'lost' ? 'reset-after' : odd;
}
