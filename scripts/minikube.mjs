// `npm run minikube` is `npm run lab -- minikube`.
process.argv.splice(2, 0, 'minikube');
await import('./lab.mjs');
