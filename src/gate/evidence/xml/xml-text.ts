/**
 * What tools let slip into XML: the output of a test is copied in, colours and all, and XML cannot write most control characters.
 * https://www.w3.org/TR/xml/#charsets
 */

const REPLACEMENT = '\ufffd';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const REFERENCE = /&#(?:x([\da-f]{1,8})|(\d{1,8}));/gi;

/** Whether XML forbids this character wherever it stands. */
export function isIllegal(character: string): boolean {
  return legalText(character) !== character;
}

/** The same text with U+FFFD in place of each character that XML forbids, raw or as a reference that was left standing. */
export function legalText(text: string): string {
  return text.replace(ILLEGAL, REPLACEMENT).replace(REFERENCE, (reference, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return isLegalCode(code) ? reference : REPLACEMENT;
  });
}

function isLegalCode(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code <= 0x10ffff && code !== 0xfffe && code !== 0xffff);
}
