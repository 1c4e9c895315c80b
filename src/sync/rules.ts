/** Who may be written, and who wins: what holds for every field of a pair. Pure. */
import { otherSide, type SideName, type Sides } from './values.ts';

/** Which sides may be written. `to-b`: a is only read. */
export type Flow = 'both' | 'to-a' | 'to-b';

/** Who wins where both sides changed one field apart; `ask`: nobody, both stay as they are until a person decides. */
export type Preference = SideName | 'ask';

export interface Rules {
  readonly mayWrite: Sides<boolean>;
  /** Who wins where both changed apart; absent: both stay. Its value may be written to the other side. */
  readonly winner?: SideName;
  /** Wins also over what only the other one changed. */
  readonly forcing?: SideName;
}

/** What one field comes to. Absent members: nothing is written, the base stays as it is, nobody has to decide. */
export interface MergedField<Value, Write = Value> {
  readonly write?: Partial<Sides<Write>>;
  readonly base?: Sides<Value>;
  readonly conflict?: { readonly winner?: SideName };
}

export function rulesOf(flow: Flow, prefer: Preference, isForced: boolean): Rules {
  const mayWrite = { a: flow !== 'to-b', b: flow !== 'to-a' };
  return {
    mayWrite,
    ...(prefer !== 'ask' && mayWrite[otherSide(prefer)] && { winner: prefer }),
    ...(isForced && flow !== 'both' && { forcing: flow === 'to-b' ? 'a' : 'b' }),
  };
}
