import type { V1Pod } from '@kubernetes/client-node';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { PortForwarder } from './port-forwarder.js';

interface StoredObject {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** What there is though nothing is in it; a metrics API is there where it tells something. */
const collections =
  /^(?!.*metrics).*\/(?:namespaces|pods|deployments|statefulsets|replicasets|horizontalpodautoscalers)$/;

type ClusterRefusal = { readonly code: number; readonly message: string };

/** An API server as far as one workload is looked at and its pods are deleted: lists, watches, reviews of rights, forwards. */
export class StandInCluster {
  readonly #objects = new Map<string, StoredObject>();
  readonly #watches = new Map<string, Set<ServerResponse>>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'tellers-cluster-'));
  /** Rights that the user does not have, as `delete pods`. */
  readonly denied = new Set<string>();
  /** By path, what is answered there in place of an object. */
  readonly refusals = new Map<string, ClusterRefusal>();
  /** Where each pod listens on this machine; it listens nowhere if not given. */
  readonly ports = new Map<string, number>();
  /** What was asked for that changes something. */
  readonly orders: string[] = [];
  /** Called when a pod is gone. */
  onDeleted = (_pod: string): void => {};
  readonly forwarder = new PortForwarder((pod) => this.ports.get(pod) ?? 1);

  /** Listens, and writes a kubeconfig that leads here. Resolves to its path. */
  async start(): Promise<string> {
    const { server } = this.forwarder;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#answer(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = {
      clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'u', user: { token: 'secret' } }],
      contexts: [{ name: 'stand-in', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      'current-context': 'stand-in',
    };
    const file = join(this.#folder, 'config');
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  close(): void {
    this.forwarder.server.closeAllConnections();
    this.forwarder.open.forEach((one) => one.terminate());
    this.forwarder.server.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Makes an object or changes it, at a path as `/api/v1/namespaces/shop/pods`. */
  put(collection: string, object: StoredObject): void {
    const path = `${collection}/${object.metadata?.name}`;
    this.#tell(collection, this.#objects.has(path) ? 'MODIFIED' : 'ADDED', object);
    this.#objects.set(path, object);
  }

  remove(collection: string, name: string): void {
    const path = `${collection}/${name}`;
    const object = this.#objects.get(path);
    this.#objects.delete(path);
    if (object !== undefined) this.#tell(collection, 'DELETED', object);
  }

  #tell(collection: string, type: string, object: StoredObject): void {
    for (const watch of this.#watches.get(collection) ?? []) watch.write(`${JSON.stringify({ type, object })}\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://stand-in');
    const answer = (body: object, code = 200): void =>
      void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const refusal = this.refusals.get(pathname);
    if (refusal !== undefined) return answer({ kind: 'Status', ...refusal }, refusal.code);
    if (pathname.endsWith('/selfsubjectaccessreviews')) {
      const { spec } = (await json(request)) as { spec: { resourceAttributes: Record<string, string> } };
      const { verb, resource, subresource } = spec.resourceAttributes;
      const right = `${verb} ${[resource, subresource].filter(Boolean).join('/')}`;
      return answer({ spec, status: { allowed: !this.denied.has(right) } }, 201);
    }
    if (request.method !== 'GET') this.orders.push(`${request.method} ${request.url}`);
    const object = this.#objects.get(pathname);
    if (request.method === 'DELETE' && object !== undefined) {
      const [collection, name] = [pathname.slice(0, pathname.lastIndexOf('/')), object.metadata!.name!];
      const { metadata } = object;
      this.put(collection, { ...object, metadata: { ...metadata, deletionTimestamp: new Date() } } as V1Pod);
      this.remove(collection, name);
      this.onDeleted(name);
      return answer(object);
    }
    if (object !== undefined) return answer(object);
    if (searchParams.has('watch')) {
      const watches = this.#watches.get(pathname) ?? new Set();
      this.#watches.set(pathname, watches.add(response));
      response.on('close', () => watches.delete(response));
      return response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    }
    const wanted = /^metadata.name=(.*)$/.exec(searchParams.get('fieldSelector') ?? '')?.[1];
    const items = [...this.#objects]
      .filter(([path]) => path.slice(0, path.lastIndexOf('/')) === pathname)
      .map(([, one]) => one)
      .filter(({ metadata }) => wanted === undefined || metadata?.name === wanted);
    if (items.length > 0 || collections.test(pathname)) {
      return answer({ metadata: { resourceVersion: '1' }, items });
    }
    answer({ kind: 'Status', code: 404, message: `${pathname} is not found` }, 404);
  }
}
