import { networkInterfaces } from 'node:os';
import { isIP } from 'node:net';
import { UserError } from '../../user-error.js';

/**
 * Where a service is, as its origin: `http://127.0.0.1:3000`.
 * @throws UserError for what is no such address
 */
export function serviceAddress(text: string): string {
  const example = 'Write it as http://127.0.0.1:3000.';
  if (!URL.canParse(text)) throw new UserError(`${text} is no address of a service. ${example}`);
  const { protocol, origin, host, pathname, search, username, password } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new UserError(`A service is reached by http:// or https://, and not by ${protocol}//. ${example}`);
  }
  if (username !== '' || password !== '') {
    throw new UserError(`The address of ${host} holds a name or password. Give them in the journey, as a header.`);
  }
  if (pathname !== '/' || search !== '') {
    throw new UserError(`${text} has a path, and paths are the journey's. Give ${origin} alone.`);
  }
  return origin;
}

/** What a socket connects to. */
export interface ServiceEndpoint {
  /** A name or a numeric address, without brackets. */
  readonly host: string;
  readonly port: number;
}

export function endpointOf(address: string): ServiceEndpoint {
  const { hostname, port, protocol } = new URL(address);
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}

/** The endpoint of a service on this machine, numeric; undefined for one that is elsewhere. */
export function onThisMachine(address: string): ServiceEndpoint | undefined {
  const { host: name, port } = endpointOf(address);
  const host = name === 'localhost' ? '127.0.0.1' : name;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map((one) => one.address) ?? []);
  return own.includes(host) || (isIP(host) === 4 && host.startsWith('127.')) ? { host, port } : undefined;
}
