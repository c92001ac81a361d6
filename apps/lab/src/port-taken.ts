import { portTaken } from './start-ports.js';
import { UserError } from './user-error.js';

/** An address that we should listen on is not to be had here, for another reason than that its port is taken. */
export class CannotListen extends UserError {
  override readonly name = 'CannotListen';

  /** @param remedy as {@link PortTaken} has it */
  constructor(
    host: string,
    port: number,
    { code, message }: { code?: string | undefined; message: string },
    remedy: string,
  ) {
    const what = code === 'EACCES' ? `Choose a port from 1024 on ${remedy}` : 'This machine must have that address';
    super(`Nobody can listen on port ${port} of ${host} here: ${message}. ${what}.`);
  }
}

/** What a user is told of a server that could not listen, for either reason. */
export function notListening(
  host: string,
  port: number,
  error: { code?: string | undefined; message: string },
  remedy: string,
): Error {
  return error.code === 'EADDRINUSE' ? new PortTaken(port, remedy) : new CannotListen(host, port, error, remedy);
}

/** A port that we should listen on belongs to somebody else. */
export class PortTaken extends UserError {
  override readonly name = 'PortTaken';

  /** @param remedy how to choose another one, after "Choose another one" */
  constructor(port: number, remedy: string) {
    super(portTaken(port, remedy));
  }
}
