/** The way between the driver and the server in memory: requests are counted, answers are JSON text, and odd ones can be planned. */
import { setImmediate as turn } from 'node:timers/promises';
import { asPaceError, PaceError, withOperation } from '../../core/errors.ts';
import { refusal } from '../../core/http/refusal.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { OddAnswer, OddMoment, RequestCount } from '../contract/issue-tracker/bench.ts';

interface Planned {
  readonly odd: OddAnswer;
  readonly of: OddMoment['of'];
  wait: number;
  left: number;
}

export interface MemoryWire {
  read<Result>(operation: string, act: () => Result): Promise<Result>;
  write<Result>(operation: string, act: () => Result): Promise<Result>;
  requests(): RequestCount;
  answerNext(odd: OddAnswer, when?: OddMoment): () => void;
}

export function createWire(now: () => number): MemoryWire {
  const count = { all: 0, writes: 0 };
  const planned: Planned[] = [];

  function due(kind: 'read' | 'write'): OddAnswer | undefined {
    for (const plan of planned) {
      if (plan.left <= 0 || (plan.of !== undefined && plan.of !== kind)) continue;
      if (plan.wait > 1) {
        plan.wait -= 1;
        continue;
      }
      plan.left -= 1;
      return plan.odd;
    }
    return undefined;
  }

  async function send<Result>(kind: 'read' | 'write', operation: string, act: () => Result): Promise<Result> {
    try {
      await turn();
      count.all += 1;
      if (kind === 'write') count.writes += 1;
      return await answer(due(kind), act, now);
    } catch (error) {
      throw withOperation(asPaceError(error), operation);
    }
  }

  return {
    read: (operation, act) => send('read', operation, act),
    write: (operation, act) => send('write', operation, act),
    requests: () => ({ ...count }),
    answerNext: (odd, { at = 1, times = 1, of } = {}) => {
      const plan: Planned = { odd, of, wait: at, left: times };
      planned.push(plan);
      return () => {
        plan.left = 0;
      };
    },
  };
}

async function answer<Result>(odd: OddAnswer | undefined, act: () => Result, now: () => number): Promise<Result> {
  if (odd === 'reset') throw gone();
  if (odd === undefined || odd === 'lost') {
    const text = JSON.stringify(act() ?? {});
    await turn();
    if (odd === 'lost') throw gone();
    return JSON.parse(text) as Result;
  }
  const { status = 200, headers = {} } = odd;
  const text = odd.text ?? JSON.stringify(odd.json) ?? '';
  if (status >= 300) {
    const bytes = new TextEncoder().encode(text).buffer;
    const response = new Response(null, { status, headers });
    throw refusal({ title: 'Memory', method: 'GET', url: 'https://tracker.test/', response, bytes, now: now() });
  }
  try {
    return JSON.parse(text) as Result;
  } catch (error) {
    throw unexpectedAnswer('Memory', 'no JSON', error);
  }
}

function gone(): PaceError {
  return new PaceError({ kind: 'transient', message: 'The connection was reset.', remedy: 'Please try again.' });
}
