/** A secret as it is, and as programs write it down. Pure. */

/** The secret itself, in URLs, in JSON, and in base64 wherever it stands in the encoded text. */
export function secretForms(secret: string): string[] {
  const inUrl = encodeURIComponent(secret.toWellFormed());
  const forms = [
    secret,
    inUrl,
    inUrl.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    inUrl.replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...[0, 1, 2].flatMap((offset) => base64Forms(secret, offset)),
  ];
  return [...new Set(forms)];
}

/** What is certain of the encoding when so many bytes (modulo three) stand before the secret. */
function base64Forms(secret: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const firstWhole = Math.ceil((offset * 8) / 6);
  const wholeUntil = Math.floor((bytes.length * 8) / 6);
  const whole = bytes.toString('base64').slice(firstWhole, wholeUntil);
  return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
}
