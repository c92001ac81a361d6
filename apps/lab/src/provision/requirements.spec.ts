import { describe, expect, it } from '@jest/globals';
import { missingOf, versionIn, type Surroundings } from './requirements.js';

const found: Surroundings = {
  system: { platform: 'linux', arch: 'x64', osRelease: 'ID=debian', brew: false },
  engine: { state: 'answers', version: '28.0.1', cpus: 4, memoryBytes: 8e9 },
  versions: {
    kind: 'kind v0.33.0 go1.26.8 linux/amd64',
    minikube: 'v1.37.0',
    kubectl: 'Client Version: v1.36.3\nKustomize Version: v5.8.1',
    helm: 'v3.19.0+g3d8990f',
  },
  takenPorts: [],
};
const sentences = (change: Partial<Surroundings>) =>
  missingOf('kind', { ...found, ...change }).map(({ sentence, command }) => `${sentence} ${command}`);

describe('missingOf', () => {
  it('misses nothing where all is there', () => {
    expect(missingOf('kind', found)).toEqual([]);
    expect(missingOf('minikube', found)).toEqual([]);
  });

  it('names everything that is missing at once, each with a command', () => {
    const missing = sentences({ engine: { state: 'missing' }, versions: {} });
    expect(missing).toHaveLength(4);
    expect(missing[0]).toBe(
      'Docker is missing. sudo apt-get install -y docker.io && sudo systemctl enable --now docker',
    );
    expect(missing[1]).toMatch(/^kind is missing\. curl .*kind-linux-amd64 && sudo install/);
  });

  it('asks for the tool of the command alone', () => {
    const { kind, ...others } = found.versions;
    expect(kind).toBeDefined();
    expect(missingOf('minikube', { ...found, versions: others })).toEqual([]);
    expect(missingOf('kind', { ...found, versions: others })).toHaveLength(1);
  });

  it('refuses a version that is too old, and takes a newer major one', () => {
    expect(sentences({ versions: { ...found.versions, helm: 'v3.9.4+g' } })).toEqual([
      expect.stringMatching(/^helm 3\.9 is too old: 3\.12 is needed\. curl/),
    ]);
    expect(sentences({ versions: { ...found.versions, helm: 'v4.2' } })).toEqual([]);
  });

  it('upgrades by Homebrew what is too old there', () => {
    const system = { ...found.system, platform: 'darwin' as const };
    expect(sentences({ system, versions: { ...found.versions, kind: 'kind v0.9.0' } })).toEqual([
      'kind 0.9 is too old: 0.20 is needed. brew upgrade kind',
    ]);
  });

  it('tells an engine that is off from one that refuses the user', () => {
    const off = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
    expect(sentences({ engine: { state: 'silent', said: off } })[0]).toContain('sudo systemctl start docker');
    const refused = 'permission denied while trying to connect to the Docker daemon socket';
    expect(sentences({ engine: { state: 'silent', said: refused } })[0]).toContain('usermod -aG docker');
  });

  it('wants 2 CPUs and 4 GB, which an engine may report a little below', () => {
    const engine = (cpus: number, memoryBytes: number) => ({
      state: 'answers' as const,
      version: '28',
      cpus,
      memoryBytes,
    });
    expect(sentences({ engine: engine(2, 3.9e9) })).toEqual([]);
    expect(sentences({ engine: engine(1, 2e9) })).toEqual([
      expect.stringContaining('1 CPU, and 2 are needed'),
      expect.stringContaining('2.0 GB of memory'),
    ]);
  });

  it('names the flag that moves a port that is taken', () => {
    expect(sentences({ takenPorts: [{ port: 8443, flag: '--tls-port' }] })).toEqual([
      expect.stringMatching(/^Port 8443 .* npm run kind -- --tls-port 8444$/),
    ]);
  });
});

it.each([
  ['v4.2', [4, 2]],
  ['kind v0.33.0 go1.26.8 linux/amd64', [0, 33]],
  ['nonsense', undefined],
])('reads the version in %j', (text, version) => {
  expect(versionIn(text)).toEqual(version);
});
