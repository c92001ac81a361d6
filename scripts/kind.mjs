// `npm run kind` is `npm run lab -- kind`.
process.argv.splice(2, 0, 'kind');
await import('./lab.mjs');
