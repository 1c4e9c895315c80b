/** What is refused before anything is read or sent. */
import { PaceError } from '../../core/errors.ts';

function broken(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'unsupported', message, remedy, neverSent: true });
}

export function noCredentials(provider: string): PaceError {
  return broken(
    `The credentials of ${provider} are kept by the hosted service, and are not taken here.`,
    'Please leave --credential out, and connect the provider at the service’s dashboard.',
  );
}

export function readOnlyMappings(): PaceError {
  return broken(
    'The mappings of a hosted tracker are only read here.',
    'Please change them at the service’s dashboard.',
  );
}

export function noPublishing(): PaceError {
  return broken('Snapshots are published no more.', 'Please send changes: `pace tracker sync push`.');
}

export function itemsNeeded(): PaceError {
  return broken(
    'What is to be pushed to a hosted tracker has to be given.',
    'Please name a file with a JSON array of changes: --items-json PATH, or - for standard input.',
  );
}
