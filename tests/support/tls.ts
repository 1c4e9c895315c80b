/** A certificate of its own for 127.0.0.1, made on the spot: there is no private key in this repository. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lacking } from './required.ts';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The certificate as a PEM file, for NODE_EXTRA_CA_CERTS and its like. */
  readonly certFile: string;
}

/** Why there are no certificates here; `undefined` when there are. */
export const noOpenssl = lacking(
  spawnSync('openssl', ['version']).status === 0,
  'the program openssl is not installed',
);

/** Needs openssl. `subject` is the name it is made for. */
export function newCertificate(subject = 'IP:127.0.0.1'): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'pace-tls-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=pace-test', '-addext', `subjectAltName=${subject}`];
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' });
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile };
}
