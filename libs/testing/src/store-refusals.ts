import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { eventually } from './environment.js';
import type { RedisServer } from './redis-server.js';

/** One way in which a store that runs refuses its clients. */
export interface StoreRefusal {
  /** The word that it refuses with. */
  readonly word: string;
  begin(server: RedisServer): Promise<unknown>;
  end(server: RedisServer): Promise<unknown>;
}

const readme = readFileSync('helm/tellers/README.md', 'utf8');
/** The rights that the chart's README says a service needs, of keys that begin with `tellers:`. */
export const documentedRights = /^ACL SETUSER tellers on >PASSWORD (.*)$/m.exec(readme)?.[1]?.split(' ') ?? [];

/** The user that a service under test is, so that the administrator's connection stays what it is. */
export const storeUser = ['bank', 'reset', 'on', '>pw', ...documentedRights];

const set =
  (name: string, value: string) =>
  ({ admin }: RedisServer) =>
    admin.config('SET', name, value);
const user =
  (...rules: string[]) =>
  ({ admin }: RedisServer) =>
    admin.acl('SETUSER', 'bank', ...rules);
const cut = ({ admin }: RedisServer) => admin.call('CLIENT', 'KILL', 'SKIPME', 'yes');

/** Every way that a real server can be brought to; the words beside them are known by what they begin with. */
export const storeRefusals: readonly StoreRefusal[] = [
  { word: 'NOREPLICAS', begin: set('min-replicas-to-write', '1'), end: set('min-replicas-to-write', '0') },
  { word: 'OOM', begin: set('maxmemory', '1'), end: set('maxmemory', '0') },
  { word: 'NOPERM', begin: user('-@all'), end: user(...documentedRights) },
  {
    word: 'WRONGPASS',
    begin: (server) => user('resetpass', '>other')(server).then(() => cut(server)),
    end: user('resetpass', '>pw'),
  },
  {
    word: 'ERR max number of clients',
    begin: (server) => set('maxclients', '1')(server).then(() => cut(server)),
    end: set('maxclients', '1000'),
  },
  { word: 'READONLY', begin: demote, end: promote },
  {
    word: 'MASTERDOWN',
    begin: (server) => set('replica-serve-stale-data', 'no')(server).then(() => demote(server)),
    end: (server) => promote(server).then(() => set('replica-serve-stale-data', 'yes')(server)),
  },
  { word: 'MISCONF', begin: failToSave, end: save },
  { word: 'BUSY', begin: beBusy, end: ({ admin }) => admin.script('KILL') },
];

function demote({ admin }: RedisServer): Promise<unknown> {
  return admin.replicaof('127.0.0.1', 1);
}

function promote({ admin }: RedisServer): Promise<unknown> {
  return admin.replicaof('NO', 'ONE');
}

async function failToSave({ admin, folder }: RedisServer): Promise<void> {
  await admin.config('SET', 'save', '3600 1000000');
  // A folder that holds something is in the way of the file.
  mkdirSync(join(folder, 'dump.rdb', 'in-the-way'), { recursive: true });
  await savedAs(admin, 'err');
}

async function save({ admin, folder }: RedisServer): Promise<void> {
  rmSync(join(folder, 'dump.rdb'), { recursive: true });
  await savedAs(admin, 'ok');
}

async function savedAs(admin: Redis, status: 'ok' | 'err'): Promise<void> {
  await admin.bgsave().catch(() => {
    // That it failed is what its status tells.
  });
  await eventually(async () => (await admin.info('persistence')).includes(`rdb_last_bgsave_status:${status}`));
}

async function beBusy({ admin }: RedisServer): Promise<void> {
  await admin.config('SET', 'busy-reply-threshold', '1');
  const busy = admin.duplicate();
  busy.eval('while true do end', 0).catch(() => busy.disconnect());
  await eventually(() =>
    admin.ping().then(
      () => false,
      () => true,
    ),
  );
}
