import { isReady, kubectl, nameOf, type Rule } from '../cluster-snapshot.js';

/** Nodes that are not ready: their pods are lost or soon will be. */
export const nodes: Rule = (snapshot) =>
  (snapshot.nodes ?? [])
    .filter((node) => !isReady(node))
    .map((node) => {
      const message = node.status.conditions?.find(({ type }) => type === 'Ready')?.message;
      return {
        object: nameOf(node),
        sentence: `The node ${node.metadata.name} is not ready${message === undefined ? '' : `: ${message}`}`,
        // A node of kind is a container here.
        next: snapshot.context.startsWith('kind-') ? [`docker restart ${node.metadata.name}`] : [],
        look: [kubectl(snapshot, `describe node ${node.metadata.name}`)],
      };
    });
