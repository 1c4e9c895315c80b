/** A server of fixed answers by their paths, and what was asked: to be held against the vendor's description. */
import type { Fetch } from '../../core/world.ts';
import type { RecordedExchange } from './loopback.ts';

export interface ScriptedAnswers {
  readonly fetch: Fetch;
  readonly exchanges: RecordedExchange[];
}

/** `answers`: JSON by path. Anything else is a 404. */
export function scriptedAnswers(answers: Readonly<Record<string, unknown>>): ScriptedAnswers {
  const exchanges: RecordedExchange[] = [];
  return {
    exchanges,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, searchParams: query, origin } = new URL(request.url);
      const status = pathname in answers ? 200 : 404;
      const json = answers[pathname] ?? { message: 'Not Found' };
      const asked = { method: request.method, path: pathname, query, body: undefined, headers: {}, params: {}, origin };
      exchanges.push({ asked, answer: { status, json } });
      return Response.json(json, { status });
    },
  };
}
