// The set-up job of the cluster: the one user that a node needs, with the rights that it needs, and no
// password of the maker's left. It may be run again: what is right already stays so.
//
//   node deploy/set-up-store.mjs ADDRESS CA-FILE SECRETS-FOLDER
//
// ADDRESS is `host:port[,host:port …]` of the servers; the folder has store-admin, store-ops and
// store-ceasewatch, one password in each.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const USER = 'ceasewatch';
/** What every server is delivered with. */
const DELIVERED = 'changeit';
const WAIT_MS = 120_000;
const AGAIN_MS = 1_000;

const [address = '', caFile = '', secrets = ''] = argv.slice(2);
if (secrets === '') {
  stderr.write('node deploy/set-up-store.mjs ADDRESS CA-FILE SECRETS-FOLDER\n');
  exit(2);
}
const ca = readFileSync(caFile);
const password = (name) => readFileSync(join(secrets, name), 'utf8').trim();
const [admin, ops, ceasewatch] = ['store-admin', 'store-ops', 'store-ceasewatch'].map(password);
const hosts = address.split(',').map((each) => {
  const [host, port = '2113'] = each.split(':');
  return { host, port: Number(port) };
});

/** One request to the management of one server: its status and text. */
function ask({ host, port }, method, path, [login, secret], body) {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${login}:${secret}`).toString('base64')}`,
      ...(sent === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
    };
    const asked = request({ host, port, method, path, headers, ca, timeout: 5_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in 5 s')));
    asked.on('error', reject);
    asked.end(sent);
  });
}

/** Repeats until there is an answer that `settles`, for two minutes: the servers may still be electing. */
async function until(what, once, settles) {
  const end = performance.now() + WAIT_MS;
  for (;;) {
    let seen;
    try {
      seen = await once();
      if (settles(seen)) return seen;
    } catch (error) {
      seen = { text: error instanceof Error ? error.message : String(error) };
    }
    if (performance.now() > end) {
      throw new Error(`${what}: ${seen.status ?? ''} ${seen.text.slice(0, 300)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

const [first] = hosts;
const asAdmin = ['admin', admin];
/** Whoever is known may ask who that is. */
const ME = '/users/$current';
const isOk = ({ status }) => status === 200 || status === 201;

/** A store that was first started without our passwords still has the maker's: they are replaced. */
async function replaceDelivered() {
  const known = await until(
    'the store answers admin',
    () => ask(first, 'GET', ME, asAdmin),
    ({ status }) => status === 200 || status === 401,
  );
  if (known.status === 401) {
    const change = { currentPassword: DELIVERED, newPassword: admin };
    const path = '/users/admin/command/change-password';
    await until(
      'the password of admin is replaced',
      () => ask(first, 'POST', path, ['admin', DELIVERED], change),
      isOk,
    );
  }
  await until(
    'the password of ops is replaced',
    () => ask(first, 'POST', '/users/ops/command/reset-password', asAdmin, { newPassword: ops }),
    isOk,
  );
}

async function makeUser() {
  const user = { loginName: USER, fullName: 'Ceasewatch nodes', groups: [], password: ceasewatch };
  const made = await until(
    `the user ${USER} is made`,
    () => ask(first, 'POST', '/users/', asAdmin, user),
    (answer) => isOk(answer) || answer.status === 409,
  );
  if (made.status !== 409) return;
  await until(
    `the password of ${USER} is set`,
    () =>
      ask(first, 'POST', `/users/${USER}/command/reset-password`, asAdmin, {
        newPassword: ceasewatch,
      }),
    isOk,
  );
}

/**
 * Streams are for this user and the administrators; it may append and read, and tombstone what was
 * erased, but not write settings under which events would vanish. `$all` it reads, nothing else of the
 * system's.
 */
async function setRights() {
  const endpoints = hosts.map(({ host, port }) => ({ address: host, port }));
  const [endpoint] = endpoints;
  const client = new EventStoreDBClient(
    endpoints.length === 1 ? { endpoint } : { endpoints, nodePreference: 'leader' },
    { rootCertificate: ca },
    { username: 'admin', password: admin },
  );
  const ours = [USER, '$admins'];
  const rights = { $r: ours, $w: ours, $d: ours, $mr: ours, $mw: '$admins' };
  const system = { $r: '$admins', $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' };
  const settings = { $userStreamAcl: rights, $systemStreamAcl: system };
  await until(
    'the rights are set',
    async () => {
      await client.appendToStream('$settings', jsonEvent({ type: 'settings', data: settings }));
      await client.setStreamMetadata('$all', { acl: { readRoles: ours } });
      return { status: 200 };
    },
    isOk,
  );
  await client.dispose();
}

/** Nobody comes in with what the maker delivers, at any server. */
async function checkDelivered() {
  for (const host of hosts) {
    for (const login of ['admin', 'ops']) {
      await until(
        `${host.host} refuses the maker's password of ${login}`,
        () => ask(host, 'GET', ME, [login, DELIVERED]),
        ({ status }) => status === 401,
      );
    }
  }
}

await replaceDelivered();
await makeUser();
await setRights();
await checkDelivered();
stdout.write(`the store is set up for ${USER}\n`);
exit(0);
