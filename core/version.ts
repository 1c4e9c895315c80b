/** The version of this package, for `--version` and for the name that PACE gives itself to servers. */
import manifest from '../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

/** Where editors find the JSON schema of this version's `pace.config.yaml`. */
export const SCHEMA_URL = `https://raw.githubusercontent.com/${manifest.repository.replace('github:', '')}/v${VERSION}/pace.schema.json`;
