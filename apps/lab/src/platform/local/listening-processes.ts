import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { isIP } from 'node:net';
import { promisify } from 'node:util';

/** A process that takes connections. */
export interface ListeningProcess {
  readonly pid: number;
  /** As the system names it, at most 15 characters on Linux. */
  readonly program: string;
}

/**
 * Who takes connections to a port of a numeric address of this machine, as far as this user may see it: several where
 * workers share a socket.
 */
export async function listeningOn(address: string, port: number): Promise<ListeningProcess[]> {
  return process.platform === 'linux' ? listeningByProc(address, port) : listeningByLsof(address, port);
}

async function listeningByProc(address: string, port: number): Promise<ListeningProcess[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const sockets = new Set(tables.flatMap((table) => listeningSockets(table, address, port)));
  if (sockets.size === 0) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) =>
      (await holdsOne(pid, sockets)) ? { pid: Number(pid), program: await programOf(pid) } : [],
    ),
  );
  return found.flat();
}

/** The inodes of sockets that listen there, from /proc/net/tcp or tcp6 (proc_net_tcp(5)). */
export function listeningSockets(table: string, address: string, port: number): string[] {
  const locals = new Set([...localAddresses(address)].map((hex) => `${hex}:${port.toString(16).padStart(4, '0')}`));
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [, local = '', , state] = fields;
    return state === '0A' && locals.has(local.toLowerCase()) ? [fields[9]!] : [];
  });
}

/** An address and those that stand for all, in the kernel's spelling: words of four bytes, each in the machine's order. */
function* localAddresses(address: string): Iterable<string> {
  const any4 = '0'.repeat(8);
  const mapped = `${'0'.repeat(16)}ffff0000`;
  yield '0'.repeat(32);
  if (isIP(address) === 4) {
    const own = address
      .split('.')
      .toReversed()
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('');
    yield* [any4, own, mapped + any4, mapped + own];
  } else if (address === '::1') yield `${'0'.repeat(24)}01000000`;
}

async function holdsOne(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // Another user's, or one that has just ended.
  const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return links.some((link) => sockets.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''));
}

async function programOf(pid: string): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

async function listeningByLsof(address: string, port: number): Promise<ListeningProcess[]> {
  // lsof ends with 1 when it finds nothing.
  const { stdout } = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpcn']).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return parseLsof(stdout, address);
}

/** Reads what `lsof -Fpcn` prints: a line for each field, a process's id, its program, and the names of its sockets. */
export function parseLsof(text: string, address: string): ListeningProcess[] {
  const host = isIP(address) === 6 ? `[${address}]` : address;
  const found = new Map<number, ListeningProcess>();
  let pid = 0;
  let program = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    else if (line.startsWith('c')) program = line.slice(1);
    else if (line.startsWith('n*:') || line.startsWith(`n${host}:`)) found.set(pid, { pid, program });
  }
  return [...found.values()];
}
