import type { Socket } from 'node:net';
import { refuseUnreadable, securityHeaders, type LastReply } from '#libs/http';
import type { ConnectionError } from 'fastify';
import { problemContentType, problemOf, serviceProblems, type ProblemReply } from '../problems/problem.js';

const codes: Readonly<Record<string, keyof typeof serviceProblems>> = {
  HPE_HEADER_OVERFLOW: 'header-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/**
 * Answers what never became a request.
 * @param wrongMethod the problem with a method that Node has no name for
 */
export function answerUnreadable(wrongMethod: (method: string, target: string) => ProblemReply) {
  return (error: ConnectionError, socket: Socket): void => {
    const line = error.code === 'HPE_INVALID_METHOD' ? requestLineOf(error) : undefined;
    const code = codes[error.code] ?? 'bad-request';
    const reported = line ? wrongMethod(line.method, line.target) : problemOf(code, serviceProblems[code]);
    refuseUnreadable(socket, lastReplyOf(reported));
  };
}

/** A problem as the last reply of a connection. */
export function lastReplyOf({ problem, headers }: ProblemReply): LastReply {
  return {
    status: problem.status,
    headers: { ...securityHeaders, ...headers, 'content-type': problemContentType },
    body: JSON.stringify(problem),
  };
}

function requestLineOf(error: ConnectionError): { method: string; target: string } | undefined {
  // The type says how it would look in JSON.
  const packet = error.rawPacket as unknown as Buffer;
  const line = packet.subarray(packet.lastIndexOf('\n', error.bytesParsed) + 1).toString('latin1');
  const [, method, target] = /^([\w!#$%&'*+.^`|~-]+) (\S+) HTTP\/1\.[01]\r?\n/.exec(line) ?? [];
  return method && target ? { method, target } : undefined;
}
