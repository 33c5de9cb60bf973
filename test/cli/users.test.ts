import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDossier } from '../../src/store/dossier.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'saryarka.js');
const PASSWORD = 'steppe wind over Korgalzhyn';

let folder: string;
let dossier: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-users-'));
  dossier = join(folder, 'shared.gpkg');
  closeDossier(smallDossier(dossier));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function saryarka(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args, '--lang', 'en'], { input, encoding: 'utf8' });
  return { status, told: stdout + stderr };
}

test('a dossier without an administrator is not shown to others, and it is said what would do', () => {
  const { status, told } = saryarka(['serve', dossier, '--listen', '0.0.0.0', '--port', '0']);
  expect(status).toBe(2);
  expect(told).toContain(`saryarka users add ${dossier} NAME --role administrator`);
  expect(saryarka(['serve', dossier, '--host', 'reserve.example', '--port', '0']).status).toBe(2);
});

test('users are added with a password from a pipe, listed, blocked, and given roles', () => {
  expect(saryarka(['users', 'add', dossier, 'dana'], `${PASSWORD}\n`).told).toContain('administrator of the whole dossier');
  expect(saryarka(['users', 'add', dossier, 'Root', '--role', 'administrator'], '').told).toContain('No password was given');
  expect(saryarka(['users', 'add', dossier, 'Root', '--role', 'administrator'], `${PASSWORD}\n`).status).toBe(0);
  expect(saryarka(['users', 'add', dossier, 'dana', '--role', 'editor', '--site', 'almaty'], `${PASSWORD}\n`).status).toBe(0);
  expect(saryarka(['users', 'role', dossier, 'dana', 'contributor', '--site', 'almaty']).status).toBe(0);
  expect(saryarka(['users', 'block', dossier, 'dana']).status).toBe(0);
  const { told } = saryarka(['users', 'list', dossier]);
  expect(told).toBe('dana\tdana\tblocked\tscrypt\tcontributor almaty\nroot\tRoot\tactive\tscrypt\tadministrator everywhere\n');
  expect(saryarka(['users', 'block', dossier, 'root']).told).toContain('Nobody would be left');
  expect(saryarka(['users', 'role', dossier, 'dana', 'king']).told).toContain('expected reader, reviewer');
});

test('a provider needs all its parts, and its secret is no argument', () => {
  const { told } = saryarka(['serve', dossier, '--oidc-issuer', 'https://id.example', '--oidc-client', 'x', '--port', '0']);
  expect(told).toContain('SARYARKA_OIDC_SECRET');
});

test('a server that is stopped lets those under way finish, folds the log away, and ends well', async () => {
  const own = join(folder, 'own.gpkg');
  closeDossier(smallDossier(own));
  const server = spawn(process.execPath, [BIN, 'serve', own, '--port', '0', '--lang', 'en']);
  const address = await new Promise<string>((resolve) => {
    server.stdout.on('data', (chunk) => {
      const found = /http:\/\/localhost:(\d+)/.exec(String(chunk));
      if (found !== null) resolve(`http://127.0.0.1:${found[1]}`);
    });
  });
  const ended = new Promise<number | null>((resolve) => {
    server.once('exit', resolve);
  });
  const body = JSON.stringify({ login: 'root', password: PASSWORD });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), expect: '100-continue' };
  const entering = request(`${address}/api/session`, { method: 'POST', headers });
  entering.flushHeaders();
  await once(entering, 'continue'); // the server has it
  server.kill('SIGTERM');
  entering.end(body);
  const [reply] = (await once(entering, 'response')) as [IncomingMessage];
  expect(reply.statusCode).toBe(409); // nobody signs in there
  reply.resume();
  expect(await ended).toBe(0);
  expect(existsSync(`${own}-wal`)).toBe(false);
});
