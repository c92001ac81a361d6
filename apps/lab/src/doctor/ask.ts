import type { RunProgram } from '../provision/run-program.js';

/** What kubectl printed, and why there is not all that was asked for. */
export interface ProbeReply {
  readonly out: string;
  readonly failed?: string;
}

/** Asks kubectl. */
export type Ask = (...args: string[]) => Promise<ProbeReply>;

/** `kubectl` on a context, or on the current one. */
export function askKubectl(run: RunProgram, context: string | undefined): Ask {
  const where = context === undefined ? [] : ['--context', context];
  return async (...args) => {
    const { code, out, err } = await run('kubectl', [...where, '--request-timeout=15s', ...args], {
      timeoutMs: 60_000,
    });
    return code === 0 ? { out } : { out, failed: err.trim() };
  };
}

/** The rights that are missing, each once, by what the API server says; any other reason is its last line. */
export function reasonsIn(failed: string): string[] {
  const forbidden = /cannot (\w+) resource "([^"]+)"[^\n]*? (at the cluster scope|in the namespace "[^"]+")/g;
  const rights = [...failed.matchAll(forbidden)].map(([, verb, resource, where]) => {
    const scope = where!.startsWith('at') ? 'in all namespaces' : where!.replaceAll('"', '');
    return `the right to ${verb} ${resource} ${scope}`;
  });
  return rights.length > 0 ? [...new Set(rights)] : [failed.split('\n').at(-1) ?? ''];
}
