// Answers what the real AWS SDK for JavaScript makes of pairs of files.   usage: node oracle.mjs FOLDER
//
// FOLDER holds the SDK's packages. Each line of standard input is a JSON list of requests
// {config, credentials: base64, outcomes: boolean}; each line of standard output the list of its answers:
//   errors      what parseIni throws for each file, [class, message] or null (the SDK drops such a file without a word)
//   config, credentials, sessions, merged   what loadSharedConfigFiles, loadSsoSessionData and parseKnownFiles give
//   regions     profile -> region, null where loadConfig finds none
//   outcomes    profile -> [method] or [null, class, message] of fromIni, where it was asked for
// Both files are handed over in memory, where the SDK looks before it opens a file. STS, SSO and sign-in, containers,
// instances, token files and processes answer with success; nothing goes further than the loopback interface.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const need = createRequire(join(folder, 'package.json'));
const config = need('@smithy/core/config');
const { fromIni } = need('@aws-sdk/credential-provider-ini');
const { externalDataInterceptor } = config;

const EXPIRES = '2099-01-01T00:00:00Z';
const CONFIG = '/oracle/config';
const CREDENTIALS = '/oracle/credentials';
const REGION = [config.NODE_REGION_CONFIG_OPTIONS, config.NODE_REGION_CONFIG_FILE_OPTIONS];

// The package does not export parseIni, but has it as a module of its own.
const sources = join(dirname(need.resolve('@smithy/core/package.json')), 'dist-es/submodules/config');
registerHooks({
  resolve: (name, context, next) =>
    next(name.startsWith('.') && !name.endsWith('.js') && context.parentURL?.includes('/dist-es/') ? `${name}.js` : name, context),
});
const { parseIni } = await import(pathToFileURL(join(sources, 'shared-ini-file-loader/parseIni.js')));

const logins = mkdtempSync(join(tmpdir(), 'rolecall-oracle-'));
process.on('exit', () => rmSync(logins, { recursive: true, force: true }));
const keys = (name) => ({ AccessKeyId: name, SecretAccessKey: 'stub', Token: 'stub', Expiration: EXPIRES });
const metadata = createServer((request, response) => {
  const answers = { '/container': keys('ASIACONTAINER'), '/latest/meta-data/iam/security-credentials/role': keys('ASIAINSTANCE') };
  response.end(request.url in answers ? JSON.stringify(answers[request.url]) : 'role');
});
await new Promise((listening) => metadata.listen(0, '127.0.0.1', listening));
metadata.unref();
const local = `http://127.0.0.1:${metadata.address().port}`;
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
Object.assign(process.env, {
  AWS_CONFIG_FILE: CONFIG,
  AWS_SHARED_CREDENTIALS_FILE: CREDENTIALS,
  AWS_EC2_METADATA_DISABLED: 'true', // Keeps the SDK from asking the instance for a region; credential_source still works.
  AWS_EC2_METADATA_SERVICE_ENDPOINT: local,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: `${local}/container`,
  AWS_LOGIN_CACHE_DIRECTORY: logins,
});
console.warn = console.error = () => {};
// A source's failure may be known before the SDK waits for it.
process.on('unhandledRejection', () => {});

const reply = (body, type) => ({
  response: { statusCode: 200, headers: { 'content-type': type }, body: Readable.from([Buffer.from(body)]) },
});
const text = (body) => (typeof body === 'string' ? body : Buffer.from(body ?? '').toString());
const requestHandler = {
  metadata: { handlerProtocol: 'http/1.1' },
  async handle(request) {
    const action = new URLSearchParams(text(request.body)).get('Action');
    if (action) {
      return reply(
        `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><AssumedRoleUser>` +
          '<Arn>arn:aws:sts::123456789012:assumed-role/x/y</Arn><AssumedRoleId>AROA:y</AssumedRoleId></AssumedRoleUser>' +
          '<Credentials><AccessKeyId>ASIASTUB</AccessKeyId><SecretAccessKey>stub</SecretAccessKey><SessionToken>t</SessionToken>' +
          `<Expiration>${EXPIRES}</Expiration></Credentials></${action}Result></${action}Response>`,
        'text/xml',
      );
    }
    const roleCredentials = { accessKeyId: 'ASIASSO', secretAccessKey: 's', sessionToken: 't', expiration: 4070908800000 };
    return reply(JSON.stringify({ roleCredentials }), 'application/json');
  },
  destroy() {},
  updateHttpClientConfig() {},
  httpHandlerConfigs: () => ({}),
};

/** Puts tokens where the SDK looks for those that the files name. */
function provideTokens(profiles, sessions) {
  const tokens = externalDataInterceptor.getTokenRecord();
  for (const name of Object.keys(tokens)) delete tokens[name];
  const token = { accessToken: 'token', expiresAt: EXPIRES };
  for (const name of Object.keys(sessions)) tokens[name] = token;
  for (const { sso_start_url: url, login_session: login, web_identity_token_file: file } of Object.values(profiles)) {
    if (url) tokens[url] = token;
    if (file) tokens[file] = 'token';
    if (login) {
      const accessToken = { accessKeyId: 'ASIALOGIN', secretAccessKey: 's', sessionToken: 't', accountId: '123456789012', expiresAt: EXPIRES };
      const path = join(logins, `${createHash('sha256').update(login).digest('hex')}.json`);
      writeFileSync(path, JSON.stringify({ accessToken, clientId: 'c', refreshToken: 'r', dpopKey: 'k' }));
    }
  }
  tokens.exec = (command, done) =>
    done(null, { stdout: JSON.stringify({ Version: 1, AccessKeyId: 'ASIAPROCESS', SecretAccessKey: 's' }) });
}

// A section named like a member of every object ([constructor]) leaves its keys on that member, for the rest of the process.
const members = Object.getOwnPropertyNames(Object.prototype).map((name) => Object.prototype[name]).filter((member) => typeof member === 'function');
const known = members.map((member) => new Set(Reflect.ownKeys(member)));
function forgetMembers() {
  members.forEach((member, i) => Reflect.ownKeys(member).forEach((key) => known[i].has(key) || delete member[key]));
}

async function outcome(profile) {
  const client = { requestHandler, maxAttempts: 1 };
  const provider = fromIni({ profile, clientConfig: client, parentClientConfig: client, mfaCodeProvider: async () => '123456' });
  try {
    const features = Object.keys((await provider()).$source);
    return [features.find((name) => name.startsWith('CREDENTIALS_PROFILE'))];
  } catch (error) {
    return [null, error.name, error.message];
  }
}

const region = (profile) => config.loadConfig(REGION[0], { ...REGION[1], profile })().catch(() => null);
const thrown = (content) => {
  try {
    parseIni(content);
    return null;
  } catch (error) {
    return [error.name, error.message];
  }
};
const mapped = async (names, get) => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await get(name)])));

async function answer(request) {
  const files = ['config', 'credentials'].map((name) => Buffer.from(request[name], 'base64').toString('utf8'));
  externalDataInterceptor.interceptFile(CONFIG, files[0]);
  externalDataInterceptor.interceptFile(CREDENTIALS, files[1]);
  const { configFile, credentialsFile } = await config.loadSharedConfigFiles();
  const sessions = await config.loadSsoSessionData();
  const merged = await config.parseKnownFiles({});
  const errors = files.map(thrown);
  const profiles = Object.keys(merged).filter((name) => !/^(sso-session|services)\./.test(name));
  const found = { errors, config: configFile, credentials: credentialsFile, sessions, merged };
  if (request.outcomes) {
    provideTokens(merged, sessions);
    found.regions = await mapped(profiles, region);
    found.outcomes = await mapped(profiles, outcome);
  }
  forgetMembers();
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const answers = [];
  for (const request of JSON.parse(line)) answers.push(await answer(request));
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}
