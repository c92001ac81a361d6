import { securityHeaders } from '#libs/http';

/** What the gateway itself may answer; everything else is a pod's word. */
export const gatewayProblems = {
  'bad-request': { status: 400, title: 'The request cannot be passed on' },
  'no-route': { status: 404, title: 'No service answers under this path' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'headers-too-large': { status: 431, title: 'The headers of the request are too large' },
  'bad-gateway': { status: 502, title: 'The pod did not answer' },
  'no-ready-pod': { status: 503, title: 'No pod of this service is ready' },
  'gateway-timeout': { status: 504, title: 'The pod did not answer in time' },
} as const;

export type GatewayProblem = keyof typeof gatewayProblems;

/** The status, headers and body (RFC 9457) of a reply that the gateway gives itself. */
export function problemReply(code: GatewayProblem, instance?: string) {
  const { status, title } = gatewayProblems[code];
  const body = JSON.stringify({ type: `urn:tellers:problem:${code}`, title, status, instance });
  const headers: Record<string, string> = {
    ...securityHeaders,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  };
  return { status, headers, body };
}
