/** All that texts from outside go through before they are shown, sent or kept. */
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { toMarkdown } from '../../core/text/html-to-markdown.ts';
import { holdsCommand, withoutLogCommands } from '../../core/text/log-commands.ts';
import { toHtml } from '../../core/text/markdown-to-html.ts';
import { createRedactor } from '../../core/text/redact.ts';
import { secretParts } from '../../core/text/secret-parts.ts';
import {
  codeBlock,
  cutBytes,
  inlineMarkdown,
  plainLine,
  plainText,
  quietLine,
} from '../../core/text/untrusted-text.ts';
import { json } from '../../src/cli/json.ts';
import { proofTail, proofText } from '../../src/gate/evidence/finding-text.ts';
import { handedOnAddress, handedOnText } from '../../src/output/handed-on.ts';

// secrets that repeat themselves, too
const { redact } = createRedactor({
  A_TOKEN: 'c4n4ryT0k3nValue',
  B_TOKEN: 'a'.repeat(3_000),
  C_TOKEN: `${'ab'.repeat(1_000)}c`,
});

export const textFunctions: Readonly<Record<string, (text: string) => unknown>> = {
  ...{ redact, plainText, plainLine, quietLine, inlineMarkdown, codeBlock, secretParts, splitMetadata },
  ...{ withoutLogCommands, holdsCommand, proofText, proofTail, toMarkdown, toHtml },
  'cutBytes at 30 kB': (text) => cutBytes(text, 30_000),
  handedOnText: (text) => handedOnText(text, { characters: 1_000, bytes: 2_000 }),
  handedOnAddress: (text) => handedOnAddress(text, 500),
  json: (text) => json({ redact: (all) => all }, { text }),
};
