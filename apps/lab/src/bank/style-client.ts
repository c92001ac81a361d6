/** The parts of a journey, told in one style: what the customer asks for is the same, how it asks is not. */
export interface StyleClient {
  /** Says who it is, and opens a session; also after a session was lost, then without the password. */
  signIn(): Promise<void>;
  /** Opens a session with the token that the customer holds, and with its password if it holds none. */
  open(): Promise<void>;
  look(): Promise<void>;
  /** The three steps of a transfer. */
  payee(from: string, to: string): Promise<void>;
  amount(amountMinor: number, currency: string): Promise<void>;
  /** Resolves to the transfer's id. */
  confirm(): Promise<string>;
  /** Closes the session; the customer keeps its token. */
  close(): Promise<void>;
  signOut(): Promise<void>;
}
