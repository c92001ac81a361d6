import dns from 'node:dns';

type LookupCallback = (error: Error | null, address: string | dns.LookupAddress[], family?: number) => void;

/** Has a name mean an address in this process, as a line in /etc/hosts would on the whole machine. */
export function nameMeans(name: string, address: string): void {
  const lookup = dns.lookup as (host: string, options: dns.LookupOptions, found: LookupCallback) => void;
  const ours = (host: string, options: dns.LookupOptions, found: LookupCallback): void => {
    if (host !== name) lookup(host, options, found);
    else if (options.all) found(null, [{ address, family: 4 }]);
    else found(null, address, 4);
  };
  dns.lookup = ours as unknown as typeof dns.lookup;
}
