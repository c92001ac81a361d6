import { describe, expect, it } from '@jest/globals';
import { imagesIn, minikubeHas, nodeHas, wholeName } from './images.js';

const id = `sha256:${'1'.repeat(64)}`;
const digest = `sha256:${'d'.repeat(64)}`;
const row = (ref: string, of: string) =>
  `${ref}  application/vnd.oci.image.manifest.v1+json ${of} 150.0 MiB linux/amd64 -`;

it('finds each image of manifests once', () => {
  const manifest =
    '  - name: x\n    image: traefik:v3\n  - image: "valkey/valkey:9.1.2"\n    image: traefik:v3\n  # image: none';
  expect(imagesIn(manifest)).toEqual(['traefik:v3', 'valkey/valkey:9.1.2']);
});

it.each([
  ['tellers:0.1.0', 'docker.io/library/tellers:0.1.0'],
  ['valkey/valkey:9.1.2', 'docker.io/valkey/valkey:9.1.2'],
  ['ghcr.io/a/b:1', 'ghcr.io/a/b:1'],
  ['localhost:5000/b:1', 'localhost:5000/b:1'],
])('gives %s its whole name', (name, whole) => {
  expect(wholeName(name)).toBe(whole);
});

describe('nodeHas', () => {
  const image = { name: 'tellers:0.1.0', id };

  it('knows an image by its name and its ID together', () => {
    const listing = ['REF TYPE DIGEST', row('docker.io/library/tellers:0.1.0', digest), row(id, digest)].join('\n');
    expect(nodeHas(listing, image)).toBe(true);
  });

  it('sees that another image has the name now', () => {
    const other = `sha256:${'e'.repeat(64)}`;
    expect(nodeHas([row('docker.io/library/tellers:0.1.0', other), row(id, digest)].join('\n'), image)).toBe(false);
  });

  it('knows an image of an engine whose IDs are digests', () => {
    expect(nodeHas(row('docker.io/library/tellers:0.1.0', id), image)).toBe(true);
  });

  it('lacks what has no row', () => {
    expect(nodeHas(row('docker.io/library/tellers:0.2.0', digest), image)).toBe(false);
  });
});

it('knows what minikube has by name and ID', () => {
  const listing = JSON.stringify([
    { id: '1'.repeat(64), repoTags: ['docker.io/library/tellers:0.1.0'] },
    { id: '2', repoTags: null },
  ]);
  expect(minikubeHas(listing, { name: 'tellers:0.1.0', id })).toBe(true);
  expect(minikubeHas(listing, { name: 'tellers:0.1.0', id: digest })).toBe(false);
  expect(minikubeHas(listing, { name: 'tellers:0.2.0', id })).toBe(false);
});
