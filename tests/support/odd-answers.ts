/** What the contract suite asks of a server on loopback: how much it was asked, and odd answers on demand. */
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

function toTrouble(odd: OddAnswer): Trouble {
  if (odd === 'reset') return 'reset-before';
  return odd === 'lost' ? 'reset-after' : odd;
}
