/** The version of this package, for `--version` and for the name that PACE gives itself to servers. */
import manifest from '../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;
