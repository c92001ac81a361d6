// Plain JavaScript without an import: scripts/start.mjs reads this file as it is, before anything is installed or built.

/** What a user is told of a port that belongs to somebody else; the remedy is how to choose another one. */
export const portTaken = (port = 0, remedy = '') => `Port ${port} is taken. Choose another one ${remedy}.`;

/** Where `lab start` listens if nothing is said. */
export const startPorts = {
  gateway: {
    flag: '--port',
    variable: 'TELLERS_PORT',
    usual: 8080,
    remedy: 'for the gateway with --port or TELLERS_PORT',
  },
  page: {
    flag: '--page-port',
    variable: 'TELLERS_PAGE_PORT',
    usual: 4000,
    remedy: 'for the page with --page-port or TELLERS_PAGE_PORT',
  },
};
