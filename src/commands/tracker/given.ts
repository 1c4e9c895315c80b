/** What was typed, looked at before anything else. */

import { PaceError } from '../../../core/errors.ts';
import {
  isMode,
  isOwner,
  OWNERS,
  OWNERSHIP_MODES,
  type Owner,
  type OwnershipMode,
} from '../../../core/hosted/binding.ts';
import {
  type HostedProvider,
  isHostedProvider,
  type LocalProvider,
  providerNamed,
} from '../../../core/hosted/providers.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { CORE_FIELDS } from '../../facade/canonical.ts';
import { usageError } from '../../tracker/usage.ts';

/** Throws a usage error where there is none. */
export function needed(value: string | undefined, flag: string): string {
  if (value !== undefined && value.trim() !== '') return value.trim();
  throw usageError(`${flag} is missing.`);
}

export function neededProvider(given: string | undefined): HostedProvider | LocalProvider {
  return providerNamed(needed(given, '--provider'));
}

/** Of a verb that the local programs do not have. */
export function hostedProvider(given: string | undefined): HostedProvider {
  const provider = neededProvider(given);
  if (isHostedProvider(provider)) return provider;
  throw refused(
    `${provider} is a program on this machine, and has nothing at a hosted tracker.`,
    'Please use `pace issue list`.',
  );
}

export function limitIn(
  given: string | undefined,
  { usual, most }: { readonly usual: number; readonly most: number },
): number {
  const number = given === undefined ? usual : /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
  if (number >= 1 && number <= most) return number;
  throw usageError(`--limit ${plainLine(given ?? '', 20)} is not a number from 1 to ${most}.`);
}

/** `key=value`, all of them. */
export function pairsIn(flag: string, given: readonly string[] = []): Record<string, string> {
  const pairs = given.map((text) => {
    const at = text.indexOf('=');
    const [key, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    if (at > 0 && key !== '' && value !== '') return [key, value] as const;
    // what stands behind it may be a secret
    const shown = flag === '--credential' ? text.split('=', 1).join('') : text;
    throw refused(`${flag} “${plainLine(shown, 80)}” is not KEY=VALUE.`, `Please write ${flag} KEY=VALUE.`);
  });
  return Object.fromEntries(pairs);
}

/** `undefined` where nothing is said. */
export function ownersIn(given: readonly string[] | undefined): Record<string, Owner> | undefined {
  if (given === undefined) return undefined;
  const pairs = Object.entries(pairsIn('--field-owner', given));
  return Object.fromEntries(
    pairs.map(([field, owner]) => {
      if (!CORE_FIELDS.some((known) => known === field))
        throw refused(
          `--field-owner ${plainLine(field, 60)}: there is no such field.`,
          `Please choose one of: ${CORE_FIELDS.join(', ')}.`,
        );
      if (isOwner(owner)) return [field, owner];
      throw refused(
        `--field-owner ${plainLine(`${field}=${owner}`, 80)}: the owner must be one of ${OWNERS.join(', ')}.`,
        '',
      );
    }),
  );
}

/** `undefined` where nothing is said. */
export function modeIn(mode: string | undefined, oldWord: string | undefined): OwnershipMode | undefined {
  const given = mode ?? oldWord;
  if (given === undefined || isMode(given)) return given;
  throw refused(`“${plainLine(given, 60)}” is not a mode.`, `Please choose one of: ${OWNERSHIP_MODES.join(', ')}.`);
}

function refused(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy, neverSent: true });
}
