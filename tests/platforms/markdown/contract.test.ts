/** The suite against a file that is not there yet; other kinds of files are in `tests/integration/markdown-runs.test.ts`. */
import { markdownContract } from './variants.ts';

markdownContract('Markdown that is not there yet');
