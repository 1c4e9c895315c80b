/**
 * Credentials of services that give them a shape of their own, as the vendors write of them, with a length below which a match would
 * be chance. Kept apart from `secret-shapes.ts`, which knows the general ones: this list grows. Secrets of no shape (32 letters of
 * hexadecimal) are known by the names of their variables only.
 */
import type { SecretShape } from './secret-shape.ts';

/** What people call it, what stands in every match in small letters (the first part of a pattern is one), and how it goes on. */
type Row = readonly [what: string, pattern: RegExp, ...hints: readonly string[]];

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const rows: readonly Row[] = [
  // clouds
  ['an AWS session token', /\bIQoJb3JpZ2lu[A-Za-z0-9+/=]{60,}/g, 'iqojb3jpz2lu'],
  ['an Amazon Bedrock key', /\bABSK[A-Za-z0-9+/]{100,}={0,2}/g, 'absk'],
  // https://learn.microsoft.com/purview/sit-defn-azure-storage-account-key, …-azure-ad-client-secret
  [
    'an Azure key',
    /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}|\bsig=[A-Za-z0-9%+/]{40,}={0,2}|(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/g,
    ...['accountkey=', 'sharedaccesskey=', 'sig=', 'q~'],
  ],
  // https://github.com/microsoft/security-utilities: a mark of the service, six letters before the end of the key
  [
    'an Azure service key',
    /(?<![A-Za-z0-9+/])[A-Za-z0-9+/_-]{33,76}(?:\+ASt|\+ASb|\+AEh|\+ARm|\+ACR|ACDb|AzSe|AzFu|AzCa|AIoT|APIM)[A-Za-z0-9+/]{5,8}={0,2}(?![A-Za-z0-9+/=])/g,
    ...['+ast', '+asb', '+aeh', '+arm', '+acr', 'acdb', 'azse', 'azfu', 'azca', 'aiot', 'apim'],
  ],
  ['an Azure DevOps token', /\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/g, 'azdo'],
  // https://docs.cloud.google.com/docs/authentication
  [
    'a Google credential',
    /\bGOCSPX-[\w-]{20,}|\bya29\.[\w.-]{20,}|(?<![\w/])1\/\/0[\w-]{30,}|\bprivate_key_id["']?\s{0,3}:\s{0,3}["']?[0-9a-f]{40}\b/g,
    ...['gocspx-', 'ya29.', '1//0', 'private_key_id'],
  ],
  ['an Alibaba Cloud key', /\bLTAI[A-Za-z0-9]{20}\b/g, 'ltai'],
  // https://docs.digitalocean.com/reference/api/create-personal-access-token
  ['a DigitalOcean token', /\bdo[opr]_v1_[a-f0-9]{40,}/g, 'do'],
  ['a Heroku key', /\bHRKU-[\w-]{36,}/g, 'hrku-'],
  ['a Fly.io token', /\b(?:fo1_[\w-]{40,}|fm(?:1[ar]|2)_[A-Za-z0-9+/=_-]{40,})/g, 'fo1_', 'fm1', 'fm2_'],
  ['a Netlify token', /\bnf[pcoub]_[A-Za-z0-9_]{36,}/g, 'nf'],
  ['a Render key', /\brnd_[A-Za-z0-9]{28,}/g, 'rnd_'],
  ['a Scalingo token', /\btk-us-[\w-]{40,}/g, 'tk-us-'],
  ['a Cloudflare key', /\bv1\.0-[a-f0-9]{24}-[a-f0-9]{100,}/g, 'v1.0-'],
  ['a DigitalOcean Spaces key', /\bDO(?:00|801)[A-Z0-9]{16}\b/g, 'do00', 'do801'],
  ['a Vercel token', /\bvc[aciprk]_[A-Za-z0-9]{24,}/g, 'vc'],
  ['a Cloudflare token', /\bcf(?:k|ut|at)_[A-Za-z0-9]{40,}/g, 'cfk_', 'cfut_', 'cfat_'],
  ['a Neon key', /\bnapi_[a-z0-9]{40,}/g, 'napi_'],
  ['a Tailscale key', /\btskey-[a-z]{2,10}-[A-Za-z0-9]{6,}-[A-Za-z0-9]{16,}/g, 'tskey-'],
  // secrets and infrastructure. https://developer.hashicorp.com/vault/docs/concepts/tokens
  [
    'a Vault token',
    /\bhv[sbr]\.[\w-]{20,}|\b[sbr]\.(?=[A-Za-z]{0,23}\d)(?=[a-z\d]{0,23}[A-Z])(?=[A-Z\d]{0,23}[a-z])[A-Za-z0-9]{24}\b/g,
    ...['hvs.', 'hvb.', 'hvr.', 's.', 'b.', 'r.'],
  ],
  ['a Terraform token', /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{40,}/g, '.atlasv1.'],
  ['a Pulumi token', /\bpul-[a-f0-9]{40}\b/g, 'pul-'],
  ['an Infracost key', /\bico-[A-Za-z0-9]{32}\b/g, 'ico-'],
  ['a Doppler token', /\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{30,}/g, 'dp.'],
  [
    'a 1Password credential',
    /\bops_eyJ[A-Za-z0-9+/=_-]{60,}|\bA3-[A-Z0-9]{6}-[A-Z0-9]{5,6}(?:-?[A-Z0-9]{5}){3,4}\b/g,
    ...['ops_eyj', 'a3-'],
  ],
  ['an Infisical token', /\bst\.[a-f0-9-]{24,36}\.[a-f0-9]{32}\.[a-f0-9]{32}\b/g, 'st.'],
  ['an age key', /\bAGE-SECRET-KEY-1[A-Z0-9]{40,}/g, 'age-secret-key-1'],
  ['an OpenShift token', /\bsha256~[\w-]{43}/g, 'sha256~'],
  // registries of packages and images. https://docs.docker.com/security/access-tokens
  ['a Docker Hub token', /\bdckr_(?:pat|oat)_[\w-]{20,}/g, 'dckr_'],
  ['a RubyGems key', /\brubygems_[a-f0-9]{40,}/g, 'rubygems_'],
  ['a crates.io token', /\bcio(?=[A-Za-z]{0,31}\d)(?=[a-z\d]{0,31}[A-Z])[A-Za-z0-9]{32}\b/g, 'cio'],
  ['a NuGet key', /\boy2[a-z0-9]{43}\b/g, 'oy2'],
  ['a Clojars token', /\bCLOJARS_[a-f0-9]{50,}/gi, 'clojars_'],
  // https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
  ['an Artifactory token', /\bAKC[A-Za-z0-9]{60,}|\bcmVmdGtu[A-Za-z0-9+/=]{40,}/g, 'akc', 'cmvmdgtu'],
  ['a Packagist token', /\bpackagist_[a-z]{2,4}_[a-f0-9]{60,}/g, 'packagist_'],
  // CI and code. https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens
  ['a Sonar token', /\bsq[apu]_[a-f0-9]{40}\b/g, 'sqa_', 'sqp_', 'squ_'],
  ['a Buildkite token', /\bbk[a-z]{1,3}_[A-Za-z0-9]{36,}/g, 'bk'],
  ['a CircleCI token', /\bCCI(?:PAT|PRJ)_[A-Za-z0-9]{16,}_[a-f0-9]{40}\b/g, 'ccipat_', 'cciprj_'],
  ['a Bitbucket app password', /\bATBB(?=[A-Za-z]{0,27}\d)[A-Za-z0-9]{28,}/g, 'atbb'],
  ['a GitLab registration token', /\bGR1348941[\w-]{20,}/g, 'gr1348941'],
  ['a Snyk token', /\bsnyk_[us]at\.[\w.-]{20,}/g, 'snyk_'],
  ['a Sourcegraph token', /\bsgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}\b/g, 'sgp_'],
  ['a Harness token', /\b[ps]at\.[\w-]{22}\.[a-f0-9]{24}\.[A-Za-z0-9]{20}\b/g, 'at.'],
  ['an Octopus key', /\bAPI-(?=[A-Z]{0,25}\d)[A-Z0-9]{25,36}\b/g, 'api-'],
  ['a Postman key', /\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b/g, 'pmak-'],
  ['a ReadMe key', /\brdme_[a-z0-9]{60,}/g, 'rdme_'],
  ['a LaunchDarkly key', new RegExp(`\\b(?:sdk|api|mob)-${UUID}\\b`, 'g'), 'sdk-', 'api-', 'mob-'],
  ['a Depot token', /\bdepot_(?:project|org|user)_[a-f0-9]{60,}/g, 'depot_'],
  ['a Cursor key', /\bkey_[a-f0-9]{64}\b/g, 'key_'],
  ['a YouTrack token', /\bperm[:-][A-Za-z0-9+/=_-]{4,}\.[A-Za-z0-9+/=_-]{2,}\.[A-Za-z0-9]{30}\b/g, 'perm:', 'perm-'],
  ['a Plane key', /\bplane_api_[a-f0-9]{32}\b/g, 'plane_api_'],
  ['a Prefect key', /\bpn[ub]_[A-Za-z0-9]{36}\b/g, 'pnu_', 'pnb_'],
  // what watches. https://grafana.com/docs/grafana/latest/administration/service-accounts, https://docs.sentry.io/account/auth-tokens
  [
    'a Grafana token',
    /\bglc_[A-Za-z0-9+/=]{32,}|\bglsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}\b|\beyJrIjoi[A-Za-z0-9+/=]{40,}/g,
    ...['glc_', 'glsa_', 'eyjrijoi'],
  ],
  ['an Axiom token', new RegExp(`\\bxa[ap]t-${UUID}\\b`, 'g'), 'xaat-', 'xapt-'],
  ['a Sentry token', /\bsntry[su]_[A-Za-z0-9+/=_-]{30,}/g, 'sntry'],
  [
    'a New Relic key',
    /\bNRAK-[A-Z0-9]{27}\b|\bNRII-[\w-]{32}|\bNRJS-[a-f0-9]{19}\b|\bNRRA-[a-f0-9]{40,}|\b[a-f0-9]{36}NRAL\b/g,
    ...['nrak-', 'nrii-', 'nrjs-', 'nrra-', 'nral'],
  ],
  ['a Dynatrace token', /\bdt0[a-z]\d{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{60,}/g, 'dt0'],
  ['a PostHog key', /\bphx_[A-Za-z0-9]{32,}/g, 'phx_'],
  ['a Honeycomb key', /\bhc[abcx]ik_[a-z0-9]{50,}/g, 'ik_'],
  // models and data
  ['a Hugging Face token', /\b(?:hf|api_org)_[A-Za-z0-9]{30,}/g, 'hf_', 'api_org_'],
  ['a Databricks token', /\bdapi[a-f0-9]{32}(?:-\d)?\b/g, 'dapi'],
  ['a Perplexity key', /\bpplx-[A-Za-z0-9]{40,}/g, 'pplx-'],
  ['a Groq key', /\bgsk_[A-Za-z0-9]{40,}/g, 'gsk_'],
  ['a Replicate token', /\br8_[A-Za-z0-9]{37}\b/g, 'r8_'],
  ['an xAI key', /\bxai-[A-Za-z0-9]{60,}/g, 'xai-'],
  ['an NVIDIA key', /\bnvapi-[\w-]{50,}/g, 'nvapi-'],
  ['a Pinecone key', /\bpcsk_\w{40,}/g, 'pcsk_'],
  ['a LangSmith key', /\blsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}\b/g, 'lsv2_'],
  ['a Supabase key', /\bsbp_[a-f0-9]{40}\b|\bsb_secret_[\w-]{20,}/g, 'sbp_', 'sb_secret_'],
  ['a PlanetScale credential', /\bpscale_(?:tkn|oauth|pw)_[\w=.-]{30,}/g, 'pscale_'],
  ['a Weights & Biases key', /\bwandb_v1_[\w-]{40,}/g, 'wandb_v1_'],
  ['a Together key', /\btgp_v1_[\w-]{40,}/g, 'tgp_v1_'],
  ['a Cerebras key', /\bcsk-[a-z0-9]{40,}/g, 'csk-'],
  ['a Tavily key', /\btvly-(?:dev-|prod-)?(?=[A-Za-z-]{0,31}\d)[A-Za-z0-9-]{24,}/g, 'tvly-'],
  ['an ElevenLabs key', /\bsk_[a-f0-9]{48}\b/g, 'sk_'],
  ['a Jina key', /\bjina_[A-Za-z0-9]{50,}/g, 'jina_'],
  ['an E2B key', /\be2b_[a-f0-9]{40}\b/g, 'e2b_'],
  ['a Firecrawl key', /\bfc-[a-f0-9]{32}\b/g, 'fc-'],
  ['a MongoDB Atlas secret', /\bmdb_sa_sk_[\w-]{36,}/g, 'mdb_sa_sk_'],
  // people and work
  ['a Slack app token', /\bxapp-\d-[A-Z0-9]{8,}-\d{8,}-[a-z0-9]{32,}/gi, 'xapp-'],
  ['a Telegram bot token', /\b\d{8,10}:AA[\w-]{32,33}(?![\w-])/g, ':aa'],
  [
    'a Discord bot token',
    /\b[MNO](?=[A-Za-z]{0,26}\d)[A-Za-z\d]{23,27}\.[\w-]{6}\.(?=[a-z\d_-]{0,37}[A-Z])[\w-]{27,38}(?![\w-])/g,
    '.',
  ],
  ['an Airtable token', /\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b/g, 'pat'],
  ['an Asana token', /(?<![\w/])[12]\/\d{10,20}(?:\/\d{10,20})?:[a-f0-9]{32}\b/g, '1/', '2/'],
  ['a Notion token', /\bntn_[A-Za-z0-9]{40,}|\bsecret_[A-Za-z0-9]{43}\b/g, 'ntn_', 'secret_'],
  ['a Figma token', /\bfig[dou]_[\w-]{30,}/g, 'figd_', 'figo_', 'figu_'],
  ['a Trello token', /\bATTA[a-f0-9]{60,}/g, 'atta'],
  ['a Typeform token', /\btfp_[\w=.-]{40,}/g, 'tfp_'],
  ['a Frame.io token', /\bfio-u-[\w=-]{50,}/g, 'fio-u-'],
  ['a Contentful token', /\bCFPAT-[\w-]{40,}/g, 'cfpat-'],
  ['a HubSpot token', new RegExp(`\\bpat-[a-z]{2}\\d-${UUID}\\b`, 'g'), 'pat-'],
  ['a Dropbox token', /\bsl\.(?:u\.)?[\w-]{120,}/g, 'sl.'],
  // mail, money, goods. https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
  ['a SendGrid key', /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/g, 'sg.'],
  ['a Brevo key', /\bx(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}\b/g, 'sib-'],
  ['a Resend key', /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b/g, 're_'],
  ['a MailerSend token', /\bmlsn\.[a-f0-9]{60,}/g, 'mlsn.'],
  ['a Cal.com key', /\bcal_live_[a-f0-9]{32}\b/g, 'cal_live_'],
  ['a PayPal token', /\baccess_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}\b/g, 'access_token$'],
  ['a Plaid token', new RegExp(`\\baccess-(?:sandbox|development|production)-${UUID}\\b`, 'g'), 'access-'],
  ['a Razorpay key', /\brzp_(?:live|test)_[A-Za-z0-9]{14}\b/g, 'rzp_'],
  ['a Mailgun key', /\bkey-[a-f0-9]{32}\b|\b[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}\b/g, '-'],
  ['a Mailchimp key', /\b[a-f0-9]{32}-us\d{1,2}\b/g, '-us'],
  ['a Twilio key', /\b(?:SK|AC)[a-f0-9]{32}\b/g, 'sk', 'ac'],
  // https://docs.stripe.com/webhooks/signature
  ['a Stripe webhook secret', /\bwhsec_[A-Za-z0-9+/]{24,}/g, 'whsec_'],
  ['a Square credential', /\bsq0[a-z]{3}-[\w-]{22,}|\bEAAA(?=[A-Za-z_-]{0,55}\d)[\w-]{56,64}(?![\w-])/g, 'sq0', 'eaaa'],
  ['a Shopify token', /\bshp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}\b/g, 'shp'],
  ['a Shippo token', /\bshippo_(?:live|test)_[a-fA-F0-9]{40}\b/g, 'shippo_'],
  ['a Flutterwave key', /\bFLW(?:PUB|SEC)K(?:_TEST)?-[a-h0-9]{12,32}(?:-X)?\b/gi, 'flwseck', 'flwpubk'],
  ['a Duffel token', /\bduffel_(?:test|live)_[\w=-]{40,}/g, 'duffel_'],
  ['an EasyPost key', /\bEZ[AT]K[A-Za-z0-9]{50,}/g, 'ezak', 'eztk'],
  ['a Lob key', /\b(?:live|test)_(?:pub_)?[a-f0-9]{31,35}\b/g, 'live_', 'test_'],
  ['a SettleMint token', /\bsm_[aps]at_[A-Za-z0-9]{16}\b/g, 'sm_'],
  ['an Adafruit IO key', /\baio_[A-Za-z0-9]{28}\b/g, 'aio_'],
  ['a MaxMind key', /\b[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk\b/g, '_mmk'],
  ['a Meta access token', /\bEAA[A-Za-z](?=[A-Za-z]{0,99}\d)[A-Za-z0-9]{99,}/g, 'eaa'],
];

export const serviceTokens: readonly SecretShape[] = rows.map(([what, pattern, ...hints]) => ({
  what,
  hints,
  pattern,
}));
