/** The fields of a label as people give them. Pure. */

import { defined } from '../../../core/defined.ts';
import type { Label } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { usageError } from '../../tracker/usage.ts';

export interface GivenLabel {
  readonly name?: string | undefined;
  /** With or without `#`. */
  readonly color?: string | undefined;
  readonly description?: string | undefined;
}

/** Throws a usage error for what is not a colour. */
export function labelFields({ name, color, description }: GivenLabel): Partial<Label> {
  return {
    ...defined({ name, color: color === undefined ? undefined : hexadecimal(color), description }),
  };
}

function hexadecimal(color: string): string {
  const digits = color.replace(/^#/, '').toLowerCase();
  if (/^[0-9a-f]{6}$/.test(digits)) return digits;
  throw usageError(
    `--color: “${plainLine(digits, 40)}” is not a colour.`,
    'Please write six hexadecimal digits, e.g. d73a4a.',
  );
}
