/** JSON for programs: the same data, yet nothing in it is a secret, or a command to a terminal or a runner. */
import { redactDeep } from '../../core/text/redact.ts';
import type { World } from '../../core/world.ts';

export function json(world: Pick<World, 'redact'>, value: unknown): string {
  return `${safe(JSON.stringify(redactDeep(world.redact, value), null, 2))}\n`;
}

/** The same in one line. */
export function jsonLine(world: Pick<World, 'redact'>, value: unknown): string {
  return `${safe(JSON.stringify(redactDeep(world.redact, value)))}\n`;
}

function safe(text: string): string {
  return text.replace(/[\u007f-\u009f\p{DI}\u2028\u2029]|#(?=#(?:vso|teamcity)?\[)/giu, unicodeEscapes);
}

function unicodeEscapes(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
