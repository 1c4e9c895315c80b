/** Which evidence is asked of a subject: what lies in a day's folder is no change's. Pure. */
import { isRecord } from '../../../core/record.ts';
import type { Evidence } from '../../config/schema.ts';
import type { Subject } from '../subject.ts';

export interface AskedEvidence {
  readonly asked: readonly Evidence[];
  /** The names of those that only a day has. */
  readonly leftOut: readonly string[];
}

export function evidenceOf(configs: readonly Evidence[], kind: Subject['kind']): AskedEvidence {
  if (kind === 'day') return { asked: configs, leftOut: [] };
  const leftOut = configs.filter(isOfDays);
  return { asked: configs.filter((config) => !isOfDays(config)), leftOut: leftOut.map(({ name }) => name) };
}

/** Of several paths those without a day are a change's too. */
function isOfDays(config: Evidence): boolean {
  const settings = Object.entries(config).filter(([key]) => key !== 'exclude');
  return settings.some(([, value]) => {
    // a body to be sent has values of its own
    const texts = isRecord(value) ? [JSON.stringify(value)] : [value].flat().filter((each) => typeof each === 'string');
    return texts.length > 0 && texts.every((text) => text.includes('{day}'));
  });
}
