/** Colour for a terminal, where it may have some. https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
export function paint(colour: boolean, code: string, text: string): string {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}
