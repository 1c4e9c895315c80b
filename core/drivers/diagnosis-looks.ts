/** What every platform's `diagnose` is made of: guarded looks, in the same words. */
import { asPaceError } from '../errors.ts';
import type { Diagnosis, DiagnosisState } from '../ports/index.ts';
import { plainLine } from '../text/untrusted-text.ts';

export interface LookResult {
  readonly state: DiagnosisState;
  readonly detail: string;
  readonly remedy?: string;
}

/** The looks at one area. */
export interface Looks {
  readonly diagnoses: Diagnosis[];
  /** Notes what is known already. */
  note(check: string, finding: LookResult): void;
  /**
   * Reads, and notes the outcome: a text is `ok`. An error is noted as `otherwise`, with its remedy; `undefined` comes back then.
   * A limit of the server says nothing about the thing itself: `unknown`.
   */
  look<Found>(
    check: string,
    otherwise: DiagnosisState,
    read: () => Promise<Found>,
    judge: (found: Found) => string | LookResult,
  ): Promise<Found | undefined>;
}

const DETAIL_LIMIT = 400;

export const WRITE_UNPROVEN = 'Cannot be checked without writing.';

export function looksAt(area: string): Looks {
  const diagnoses: Diagnosis[] = [];
  function note(check: string, { state, detail, remedy = '' }: LookResult): void {
    diagnoses.push({ area, check, state, detail: plainLine(detail, DETAIL_LIMIT), remedy });
  }
  return {
    diagnoses,
    note,
    look: async (check, otherwise, read, judge) => {
      try {
        const found = await read();
        const finding = judge(found);
        note(check, typeof finding === 'string' ? { state: 'ok', detail: finding } : finding);
        return found;
      } catch (error) {
        const { kind, message, remedy } = asPaceError(error);
        note(check, { state: kind === 'rate-limit' ? 'unknown' : otherwise, detail: message, remedy });
        return undefined;
      }
    },
  };
}
