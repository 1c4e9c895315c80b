/** Options that many verbs share. */
import { z } from 'zod';
import { flag, text } from './definition.ts';

/** The configuration that applies. */
export const configured = z.object({
  config: text('file', 'configuration; else pace.config.yaml or pace/pace.config.yaml', { short: 'c' }),
});

/** Of every verb on a tracker. */
export const onTracker = configured.extend({
  backend: text(
    'name',
    'a configured backend, a platform, or the path of a file with issues; else the configured tracker',
    { short: 'b' },
  ),
});

/** Of those that write. */
export const writing = onTracker.extend({ dryRun: flag('print what would be sent; send nothing') });
