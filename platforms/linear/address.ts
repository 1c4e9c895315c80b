import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

const KEY = /^(?:([A-Za-z0-9]{1,10})-)?([1-9]\d{0,9})$/;

export interface IssueKey {
  readonly team: string;
  readonly number: number;
  /** `ENG-12` */
  readonly identifier: string;
}

/** The parts of a key; a number alone is one of the team. Throws `validation` for what can never be a key. */
export function keyOf(key: string, ownTeam: string): IssueKey {
  const [, team = ownTeam, number] = KEY.exec(key) ?? [];
  if (number !== undefined) {
    const name = team.toUpperCase();
    return { team: name, number: Number(number), identifier: `${name}-${number}` };
  }
  throw new PaceError({
    kind: 'validation',
    message: `"${plainLine(key, 50)}" is not the identifier of an issue in Linear.`,
    remedy: `Please write it as in \`${ownTeam.toUpperCase()}-12\`.`,
  });
}
