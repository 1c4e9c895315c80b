/**
 * The shapes of credentials of today's services. No sample stands here as a whole: it is put together when the test runs, and is worth
 * nothing anywhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRedactor } from '../../../core/text/redact.ts';
import { findSecrets } from '../../../core/text/secret-shapes.ts';
import { serviceTokens } from '../../../core/text/service-tokens.ts';

const mixed = (count: number) => 'aB3xY9'.repeat(60).slice(0, count);
const hex = (count: number) => '0a1b2c3d4e5f'.repeat(20).slice(0, count);
const upper = (count: number) => 'Q7W8E9'.repeat(20).slice(0, count);
const digits = (count: number) => '1234567890'.repeat(3).slice(0, count);
const uuid = [8, 4, 4, 4, 12].map(hex).join('-');

/** One for each alternative, as short as it may be: its beginning, and what follows. */
const SAMPLES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'an AWS session token': [['IQoJb3JpZ2', 'lu', mixed(60)]],
  'an Amazon Bedrock key': [['AB', 'SK', mixed(100)]],
  'an Azure key': [
    ['Account', 'Key=', mixed(40)],
    ['SharedAccess', 'Key=', mixed(40), '=='],
    ['si', 'g=', mixed(40)],
    ['abc1', 'Q~', mixed(31)],
  ],
  'an Azure service key': [
    ['+ASt', 76, '=='],
    ['+ASb', 33, '='],
    ['+AEh', 33, '='],
    ['+ARm', 33, ''],
    ['+ACR', 42, ''],
    ['ACDb', 76, '=='],
    ['AzSe', 42, ''],
    ['AzFu', 44, '=='],
    ['AzCa', 33, '='],
    ['AIoT', 33, '='],
    ['APIM', 76, '=='],
  ].map(([mark, length, end]) => [
    mixed(Number(length)),
    `${mark}`.slice(0, 2),
    `${mark}`.slice(2),
    mixed(5),
    `${end}`,
  ]),
  'an Azure DevOps token': [[mixed(76), 'AZ', 'DO', mixed(4)]],
  'a Google credential': [
    ['GOC', 'SPX-', mixed(20)],
    ['ya', '29.', mixed(20)],
    ['1/', '/0', mixed(30)],
    ['private_key_', 'id": "', hex(40)],
  ],
  'an Alibaba Cloud key': [['LT', 'AI', mixed(20)]],
  'a DigitalOcean token': ['o', 'p', 'r'].map((kind) => [`do${kind}`, '_v1_', hex(40)]),
  'a Heroku key': [['HR', 'KU-', mixed(36)]],
  'a Fly.io token': [
    ['fo', '1_', mixed(40)],
    ['fm', '2_', mixed(40)],
    ['fm', '1r_', mixed(40)],
  ],
  'a Netlify token': ['p', 'c', 'o', 'u', 'b'].map((kind) => ['nf', `${kind}_`, mixed(36)]),
  'a Render key': [['rn', 'd_', mixed(28)]],
  'a Scalingo token': [['tk-', 'us-', mixed(40)]],
  'a Cloudflare key': [['v1', '.0-', hex(24), '-', hex(100)]],
  'a DigitalOcean Spaces key': ['00', '801'].map((kind) => ['D', `O${kind}`, upper(16)]),
  'a Vercel token': [['vc', 'p_', mixed(24)]],
  'a Cloudflare token': ['k', 'ut', 'at'].map((kind) => ['cf', `${kind}_`, mixed(40)]),
  'a Neon key': [['na', 'pi_', hex(40)]],
  'a Tailscale key': [['ts', 'key-', 'auth-', mixed(6), '-', mixed(16)]],
  'a Vault token': [...['s', 'b', 'r'].map((kind) => [`hv${kind}`, '.', mixed(20)]), ['s', '.', mixed(24)]],
  'a Terraform token': [[mixed(14), '.atlas', 'v1.', mixed(40)]],
  'a Pulumi token': [['pu', 'l-', hex(40)]],
  'an Infracost key': [['ic', 'o-', mixed(32)]],
  'a Doppler token': ['pt', 'st', 'ct', 'sa', 'scim', 'audit'].map((kind) => ['dp', `.${kind}.`, mixed(30)]),
  'a 1Password credential': [
    ['op', 's_eyJ', mixed(60)],
    ['A', '3-', upper(6), '-', upper(6), ...[1, 2, 3, 4].flatMap(() => ['-', upper(5)])],
  ],
  'an Infisical token': [
    ['s', 't.', hex(24), '.', hex(32), '.', hex(32)],
    ['s', 't.', uuid, '.', hex(32), '.', hex(32)],
  ],
  'an age key': [['AGE-SECRET', '-KEY-1', upper(40)]],
  'an OpenShift token': [['sha', '256~', mixed(43)]],
  'a Docker Hub token': ['pat', 'oat'].map((kind) => ['dc', `kr_${kind}_`, mixed(20)]),
  'a RubyGems key': [['ruby', 'gems_', hex(40)]],
  'a crates.io token': [['ci', 'o', mixed(32)]],
  'a NuGet key': [['oy', '2', hex(43)]],
  'a Clojars token': [['CLO', 'JARS_', hex(50)]],
  'an Artifactory token': [
    ['AK', 'C', mixed(60)],
    ['cmVm', 'dGtu', mixed(40)],
  ],
  'a Packagist token': ['out', 'uut'].map((kind) => ['pack', `agist_${kind}_`, hex(60)]),
  'a Sonar token': ['a', 'p', 'u'].map((kind) => ['sq', `${kind}_`, hex(40)]),
  'a Buildkite token': ['bkua', 'bkaj', 'bkr'].map((kind) => [kind, '_', mixed(36)]),
  'a CircleCI token': ['PAT', 'PRJ'].map((kind) => ['CC', `I${kind}_`, mixed(16), '_', hex(40)]),
  'a Bitbucket app password': [['AT', 'BB', mixed(28)]],
  'a GitLab registration token': [['GR', '1348941', mixed(20)]],
  'a Snyk token': ['u', 's'].map((kind) => ['sn', `yk_${kind}at.`, mixed(20)]),
  'a Sourcegraph token': [
    ['sg', 'p_', hex(40)],
    ['sg', 'p_', hex(16), '_', hex(40)],
    ['sg', 'p_local_', hex(40)],
  ],
  'a Harness token': ['pat', 'sat'].map((kind) => [kind, '.', mixed(22), '.', hex(24), '.', mixed(20)]),
  'an Octopus key': [['AP', 'I-', upper(25)]],
  'a Postman key': [['PM', 'AK-', hex(24), '-', hex(34)]],
  'a ReadMe key': [['rd', 'me_', hex(60)]],
  'a LaunchDarkly key': ['sdk', 'api', 'mob'].map((kind) => [kind, '-', uuid]),
  'a Depot token': ['project', 'org', 'user'].map((kind) => ['dep', `ot_${kind}_`, hex(60)]),
  'a Cursor key': [['ke', 'y_', hex(64)]],
  'a YouTrack token': [':', '-'].map((sign) => ['pe', `rm${sign}`, 'YWRtaW4=', '.', 'OTItMQ==', '.', mixed(30)]),
  'a Plane key': [['plane', '_api_', hex(32)]],
  'a Prefect key': ['pnu', 'pnb'].map((kind) => [kind, '_', mixed(36)]),
  'a Grafana token': [
    ['gl', 'c_', mixed(32)],
    ['gl', 'sa_', mixed(32), '_', hex(8)],
    ['eyJr', 'Ijoi', mixed(40)],
  ],
  'an Axiom token': ['a', 'p'].map((kind) => ['xa', `${kind}t-`, uuid]),
  'a Sentry token': ['s', 'u'].map((kind) => ['sn', `try${kind}_`, mixed(30)]),
  'a New Relic key': [
    ['NR', 'AK-', upper(27)],
    ['NR', 'II-', mixed(32)],
    ['NR', 'JS-', hex(19)],
    ['NR', 'RA-', hex(40)],
    [hex(36), 'NR', 'AL'],
  ],
  'a Dynatrace token': [['dt', '0c01.', upper(8), '.', upper(60)]],
  'a PostHog key': [['ph', 'x_', mixed(32)]],
  'a Honeycomb key': [['hc', 'aik_', hex(50)]],
  'a Hugging Face token': ['hf', 'api_org'].map((kind) => [kind, '_', mixed(30)]),
  'a Databricks token': [
    ['da', 'pi', hex(32)],
    ['da', 'pi', hex(32), '-2'],
  ],
  'a Perplexity key': [['pp', 'lx-', mixed(40)]],
  'a Groq key': [['gs', 'k_', mixed(40)]],
  'a Replicate token': [['r', '8_', mixed(37)]],
  'an xAI key': [['xa', 'i-', mixed(60)]],
  'an NVIDIA key': [['nv', 'api-', mixed(50)]],
  'a Pinecone key': [['pc', 'sk_', mixed(40)]],
  'a LangSmith key': [['ls', 'v2_pt_', hex(32), '_', hex(10)]],
  'a Supabase key': [
    ['sb', 'p_', hex(40)],
    ['sb', '_secret_', mixed(20)],
  ],
  'a PlanetScale credential': ['tkn', 'oauth', 'pw'].map((kind) => ['ps', `cale_${kind}_`, mixed(30)]),
  'a Weights & Biases key': [['wan', 'db_v1_', mixed(40)]],
  'a Together key': [['tg', 'p_v1_', mixed(40)]],
  'a Cerebras key': [['cs', 'k-', hex(40)]],
  'a Tavily key': ['', 'dev-', 'prod-'].map((kind) => ['tv', `ly-${kind}`, mixed(24)]),
  'an ElevenLabs key': [['s', 'k_', hex(48)]],
  'a Jina key': [['ji', 'na_', mixed(50)]],
  'an E2B key': [['e2', 'b_', hex(40)]],
  'a Firecrawl key': [['f', 'c-', hex(32)]],
  'a MongoDB Atlas secret': [['mdb_', 'sa_sk_', mixed(36)]],
  'a Slack app token': [['xa', 'pp-1-', upper(8), '-', digits(8), '-', hex(32)]],
  'a Telegram bot token': [
    [digits(8), ':A', 'A', mixed(32)],
    [digits(10), ':A', 'A', mixed(33)],
  ],
  'a Discord bot token': [['M', mixed(23), '.', mixed(6), '.', mixed(27)]],
  'an Airtable token': [['pa', 't', mixed(14), '.', hex(64)]],
  'an Asana token': [
    ['1', '/', digits(16), ':', hex(32)],
    ['2', '/', digits(16), '/', digits(16), ':', hex(32)],
  ],
  'a Notion token': [
    ['nt', 'n_', mixed(40)],
    ['sec', 'ret_', mixed(43)],
  ],
  'a Figma token': ['d', 'o', 'u'].map((kind) => ['fi', `g${kind}_`, mixed(30)]),
  'a Trello token': [['AT', 'TA', hex(60)]],
  'a Typeform token': [['tf', 'p_', mixed(40)]],
  'a Frame.io token': [['fi', 'o-u-', mixed(50)]],
  'a Contentful token': [['CF', 'PAT-', mixed(40)]],
  'a HubSpot token': [['pa', 't-na1-', uuid]],
  'a Dropbox token': [
    ['s', 'l.', mixed(120)],
    ['s', 'l.u.', mixed(120)],
  ],
  'a SendGrid key': [['S', 'G.', mixed(16), '.', mixed(16)]],
  'a Brevo key': ['key', 'smtp'].map((kind) => ['x', `${kind}sib-`, hex(64), '-', mixed(16)]),
  'a Resend key': [['r', 'e_', mixed(8), '_', mixed(24)]],
  'a MailerSend token': [['ml', 'sn.', hex(60)]],
  'a Cal.com key': [['cal', '_live_', hex(32)]],
  'a PayPal token': ['production', 'sandbox'].map((kind) => ['access', `_token$${kind}$`, hex(16), '$', hex(32)]),
  'a Plaid token': ['sandbox', 'development', 'production'].map((kind) => ['acc', `ess-${kind}-`, uuid]),
  'a Razorpay key': ['live', 'test'].map((kind) => ['rz', `p_${kind}_`, mixed(14)]),
  'a Mailgun key': [
    ['ke', 'y-', hex(32)],
    [hex(32), '-', hex(8), '-', hex(8)],
  ],
  'a Mailchimp key': [
    [hex(32), '-u', 's1'],
    [hex(32), '-u', 's21'],
  ],
  'a Twilio key': ['SK', 'AC'].map((kind) => [kind, hex(32)]),
  'a Stripe webhook secret': [['wh', 'sec_', mixed(24)]],
  'a Square credential': [
    ['sq', '0atp-', mixed(22)],
    ['EA', 'AA', mixed(56)],
  ],
  'a Shopify token': ['at', 'ca', 'pa', 'ss', 'ua'].map((kind) => ['sh', `p${kind}_`, hex(32)]),
  'a Shippo token': [['shi', 'ppo_live_', hex(40)]],
  'a Flutterwave key': [
    ['FL', 'WSECK_TEST-', hex(32), '-X'],
    ['FL', 'WPUBK-', hex(12)],
  ],
  'a Duffel token': [['duf', 'fel_test_', mixed(40)]],
  'an EasyPost key': ['A', 'T'].map((kind) => ['E', `Z${kind}K`, mixed(50)]),
  'a Lob key': [
    ['li', 've_', hex(35)],
    ['te', 'st_pub_', hex(31)],
  ],
  'a SettleMint token': ['a', 'p', 's'].map((kind) => ['s', `m_${kind}at_`, mixed(16)]),
  'an Adafruit IO key': [['ai', 'o_', mixed(28)]],
  'a MaxMind key': [[mixed(6), '_', mixed(29), '_m', 'mk']],
  'a Meta access token': [['EA', 'AC', mixed(99)]],
};

test('every shape has a sample', () => {
  expect(Object.keys(SAMPLES)).toEqual(serviceTokens.map(({ what }) => what));
});

const samples = Object.entries(SAMPLES).flatMap(([what, all]) => all.map((pieces) => [what, pieces.join('')] as const));

test.each(samples)('knows %s', (what, secret) => {
  expect(findSecrets(`before ${secret}`)).toEqual([{ what, start: 7, end: 7 + secret.length }]);
  for (const [left, right] of [
    ['"', '"'],
    ['(', ')'],
    ['', ''],
    ['x ', ' y'],
    ['`', '`,'],
  ]) {
    expect(createRedactor({}).redact(`${left}${secret}${right}`)).toMatch(
      /^\W{0,2}x? ?(?:private_key_id": ")?\*{3}\W{0,2} ?y?$/,
    );
  }
});

test.each(samples)('does not know a part of %s', (_, secret) => {
  // so much less is no longer one: what it is made of may stand in any text
  const half = secret.slice(0, Math.floor(secret.length / 2) - 1);
  expect(findSecrets(`before ${half} behind`)).toEqual([]);
});

test.each([
  ...[
    'do_v1_',
    'nfs_client_options',
    'glob-parent-of-a-long-name',
    'pat.name.other',
    'api-gateway-of-the-whole-company',
  ],
  ...['this.someMethodOfTheClass', 's.getElementsByClassName', 'key-value-store-of-the-application', 'SG.yes.no'],
  ...['0123456789abcdef0123456789abcdef01234567', '8f14e45f-ceea-467f-a9c8-3f1b2c4d5e6f', 'v1.0-beta', 'sha256:abc'],
  ...[
    'test_the_whole_of_it',
    'live_reload',
    'https://example.org/1/234567890123?x=1',
    'OrderServiceIntegrationTest.should.returnTheOrders',
  ],
  ...['EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'SKIP', 'AC/DC', 'sig=none', 'pul-request'],
])('leaves %s alone', (text) => {
  expect(findSecrets(text)).toEqual([]);
  expect(createRedactor({}).redact(text)).toBe(text);
});

test.each([
  ['DB_PASSWORD=hunter2hunter2hunter2', 'DB_PASSWORD=***'],
  ['aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEY', 'aws_secret_access_key = ***'],
  ['"api-key": "0123456789abcdef"', '"api-key": "***"'],
  ["authKey => 'abcdef0123456789'", "authKey => '***'"],
  ['sonar.token=abcdef0123456789', 'sonar.token=***'],
  ['token: abcdef012345678', 'token: abcdef012345678'],
  ['token: PACE_GITLAB_TOKEN_12345', 'token: PACE_GITLAB_TOKEN_12345'],
  ['password: /run/secrets/db_password_1234567', 'password: /run/secrets/db_password_1234567'],
  ['token: the-token-of-the-service-1', 'token: the-token-of-the-service-1'],
  ['cache-key: abcdef0123456789', 'cache-key: abcdef0123456789'],
])('behind its name %j becomes %j', (text, shown) => {
  expect(createRedactor({}).redact(text)).toBe(shown);
});

test('nothing of what this repository says of itself looks like a credential', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const pages = ['', 'docs', 'docs/platforms'].flatMap((folder) =>
    readdirSync(`${root}/${folder}`)
      .filter((name) => /\.(?:md|ya?ml|json)$/.test(name) && name !== 'package-lock.json')
      .map((name) => `${folder}/${name}`),
  );
  expect(pages.length).toBeGreaterThan(20);
  for (const page of pages) {
    const text = readFileSync(`${root}/${page}`, 'utf8');
    const found = findSecrets(text).map(({ what, start, end }) => `${page}: ${what}: ${text.slice(start, end)}`);
    expect(found.filter((line) => !line.includes('a URL with a password'))).toEqual([]);
  }
});
