import { problemOf, serviceProblems, type ProblemReply } from '../problems/problem.js';

export interface ServiceRoute {
  readonly method: string;
  /** As Fastify writes it: `/account/accounts/:id`. */
  readonly url: string;
}

/** Every route of a service: tells a wrong method (405, RFC 9110 section 15.5.6) from a wrong path (404). */
export class RouteTable {
  readonly #routes: (ServiceRoute & { pattern: RegExp })[] = [];

  add(method: string | readonly string[], url: string): void {
    const pattern = new RegExp(`^${url.replaceAll('.', '\\.').replace(/:[^/]+/g, '[^/]+')}$`);
    for (const one of [method].flat()) this.#routes.push({ method: one, url, pattern });
  }

  /** All routes, but for the HEAD that comes with each GET. */
  list(): ServiceRoute[] {
    return this.#routes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => ({ method, url }));
  }

  /** The problem for a request that no route takes; what is no path (`*`, or a host) means the whole service. */
  problemFor(method: string, url: string): ProblemReply {
    const path = url.split(/[?#]/)[0] ?? url;
    const found = path.startsWith('/') ? this.#routes.filter(({ pattern }) => pattern.test(path)) : this.#routes;
    const methods = found.map((route) => route.method);
    if (methods.length === 0) {
      return problemOf('not-found', serviceProblems['not-found'], `There is nothing at ${path}.`);
    }
    const allow = [...new Set(methods)].join(', ');
    const reported = problemOf(
      'method-not-allowed',
      serviceProblems['method-not-allowed'],
      `${method} is not one of ${allow}.`,
    );
    return { ...reported, headers: { allow } };
  }
}
