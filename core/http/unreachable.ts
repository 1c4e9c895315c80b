/** Why no answer came, in words that lead to the cause: the host, the network, the proxy, or a certificate. Pure. */
import { errorCode, PaceError, revised } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';

/**
 * @param why what is known besides the error, e.g. that a time-out has passed; else the error's own root cause
 */
export function unreachable(title: string, origin: string, why: string | undefined, cause?: unknown): PaceError {
  const reason = why ?? rootCause(cause);
  const isCertificate = UNTRUSTED.has(reason) || OTHERWISE_WRONG.has(reason);
  return new PaceError({
    kind: isCertificate ? 'configuration' : 'transient',
    message: `${title} could not be reached at ${origin} (${reason}).`,
    remedy: remedyFor(reason),
    neverSent: isCertificate || NEVER_SENT.test(reason),
    cause,
  });
}

/** The host has not answered of late; `wait`: for how many milliseconds it is left alone. */
export function notAsked(title: string, origin: string, wait: number): PaceError {
  const why = `no answer to the last attempts; it is not asked again for ${Math.ceil(wait / 1000)} s`;
  return revised(unreachable(title, origin, why), { neverSent: true });
}

/** The connection did not come about. https://nodejs.org/api/errors.html#common-system-errors */
const NEVER_SENT = /^(?:ECONNREFUSED$|ENOTFOUND$|EAI_AGAIN$|EHOSTUNREACH$|ENETUNREACH$|bad port$|Proxy response\b)/;

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);
const OTHERWISE_WRONG = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID']);

function remedyFor(reason: string): string {
  if (UNTRUSTED.has(reason)) {
    return 'The certificate comes from an authority that this machine does not know. Please set NODE_EXTRA_CA_CERTS (or SSL_CERT_FILE) to a PEM file with the certificate of that authority; never switch verification off.';
  }
  if (OTHERWISE_WRONG.has(reason)) {
    return 'The certificate is expired, not yet valid, or made for another host. Please check the URL and the clock of the runner, and have the certificate renewed.';
  }
  if (/^Proxy response \(407\)/.test(reason)) {
    return 'The proxy requires a login. Please write it into HTTPS_PROXY as http://user:password@host:port, from a secret.';
  }
  if (/^Proxy response/.test(reason)) {
    return 'The proxy of HTTPS_PROXY does not let this host through. Please allow it there, or name the host in NO_PROXY.';
  }
  return 'Please check the URL, the network and the proxy of the runner; the next run tries again.';
}

function rootCause(error: unknown): string {
  let link = error;
  while (link instanceof Error && link.cause instanceof Error) link = link.cause;
  if (!(link instanceof Error)) return plainLine(String(link), 200);
  const code = errorCode(link);
  // the client's code for a refused tunnel says nothing; its words do
  return plainLine(code && code !== 'UND_ERR_ABORTED' ? code : link.message, 200);
}
