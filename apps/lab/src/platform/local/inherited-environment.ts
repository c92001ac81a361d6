/** Where programs and temporary files are, whom TLS trusts, and which proxies there are. */
const inherited = [
  'PATH',
  'TMPDIR',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_USE_ENV_PROXY',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
];
/** Of NODE_OPTIONS, those that say the same; others are meant for the lab, such as a debugger's port. */
const inheritedOptions = /^--use-(?:(?:openssl|system|bundled)-ca|env-proxy)$/;
const loopback = ['127.0.0.1', 'localhost', '::1'];

/** What each process of a run gets of its caller's environment; nothing else of that leaks in. */
export function inheritedEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const options = (environment.NODE_OPTIONS ?? '').split(/\s+/).filter((option) => inheritedOptions.test(option));
  const all = {
    ...Object.fromEntries(inherited.map((name) => [name, environment[name]])),
    ...noProxyOnLoopback(environment),
    ...(options.length > 0 && { NODE_OPTIONS: options.join(' ') }),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** The variables, in both spellings, by which no proxy is asked for what is on this machine. */
export function noProxyOnLoopback({ no_proxy, NO_PROXY }: NodeJS.ProcessEnv): Record<string, string> {
  // The lower-case one goes first where both are read.
  const own = (no_proxy ?? NO_PROXY ?? '').split(/[\s,]+/).filter((host) => host !== '');
  const hosts = own.includes('*') ? '*' : [...new Set([...own, ...loopback])].join(',');
  return { no_proxy: hosts, NO_PROXY: hosts };
}
