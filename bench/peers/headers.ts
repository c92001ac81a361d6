import { securityHeaders } from '#libs/http';

let requests = 0;

/** As many as a pod of ours sends: what replies must tell has nothing to do with how state is kept. */
export function headersOf(body: string): Record<string, string | number> {
  return {
    ...securityHeaders,
    'x-served-by': 'peer/AAAAAAAAAAA',
    'x-request-id': (requests++).toString(36).padStart(21, '0'),
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  };
}
