import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const everything = {
  'modes.unpinned.enabled': 'true',
  'modes.handoff.enabled': 'true',
  'modes.shared.enabled': 'true',
  'lab.enabled': 'true',
  'serviceMonitor.enabled': 'true',
  'networkPolicy.monitoringFrom[0].podSelector.matchLabels.app': 'prometheus',
};
const workloads = ['Deployment', 'StatefulSet'];

// `npm test` needs Node and Redis alone; where there is Helm, the chart is tested too.
(hasHelm ? describe : describe.skip)('the chart (skipped where there is no helm on the PATH)', () => {
  it('makes the plain pair by default, and no lab', () => {
    const chart = render();
    expect(
      chart
        .all(...workloads)
        .map(({ metadata }) => metadata.name)
        .toSorted(),
    ).toEqual(['tellers-account', 'tellers-auth', 'tellers-redis', 'tellers-session-sticky']);
    expect(chart.all('ServiceMonitor', 'Role')).toEqual([]);
  });

  it('makes a StatefulSet, a Service and a path of its own for each mode that is on', () => {
    const chart = render(everything);
    const paths = chart.one('Ingress', 'tellers').spec.rules[0].http.paths;
    for (const mode of ['sticky', 'unpinned', 'handoff', 'shared']) {
      const name = `tellers-session-${mode}`;
      expect(chart.one('StatefulSet', name).spec.podManagementPolicy).toBe('Parallel');
      expect(chart.one('Service', name).spec.ports[0].name).toBe('http');
      expect(paths).toContainEqual({
        path: mode === 'sticky' ? '/session' : `/${mode}/session`,
        pathType: 'Prefix',
        backend: { service: { name, port: { name: 'http' } } },
      });
    }
    expect(chart.environment('StatefulSet', 'tellers-session-handoff')).toMatchObject({
      MODE: 'handoff',
      STORE: 'handoff',
      AFFINITY: 'cookie',
    });
    expect(chart.environment('StatefulSet', 'tellers-session-shared')).toMatchObject({
      STORE: 'redis',
      AFFINITY: 'none',
    });
  });

  it.each([
    ['traefik', 'traefik.ingress.kubernetes.io/service.sticky.cookie.name'],
    ['haproxy', 'haproxy.org/cookie-persistence'],
  ])('asks %s for affinity by the cookie of each mode that wants it, and of no other', (controller, annotation) => {
    const chart = render({ ...everything, 'ingress.controller': controller });
    const cookies = chart
      .all('Service')
      .map(({ metadata }) => metadata.annotations?.[annotation])
      .filter((cookie) => cookie !== undefined);
    expect(cookies.toSorted()).toEqual(['tellers-affinity-handoff', 'tellers-affinity-sticky']);
    expect(chart.one('Ingress', 'tellers').spec.ingressClassName).toBe(controller);
  });

  it('refuses affinity where no controller could give it, and says what to set instead', () => {
    expect(() => render({ 'ingress.controller': 'none' })).toThrow(/mode sticky .* set modes\.sticky\.enabled=false/);
    const chart = render({
      'ingress.controller': 'none',
      'modes.sticky.enabled': 'false',
      'modes.shared.enabled': 'true',
    });
    expect(chart.all('Ingress')).toEqual([]);
  });

  it.each([
    [{ 'ingress.tls.secretName': 'x' }, /set ingress\.tls\.enabled=true/],
    [{ 'ingress.tls.hstsSeconds': '300' }, /set ingress\.tls\.enabled=true/],
    [
      { 'ingress.tls.enabled': 'true', 'ingress.tls.hstsSeconds': '300', 'lab.enabled': 'true' },
      /set lab\.baseUrl to the https/,
    ],
    [{ 'ingress.tls.enabled': 'true', 'ingress.tls.secretName': 'x' }, /set ingress\.host/],
    [{ 'redis.external.url': 'redis://:secret@host' }, /set redis\.existingSecret/],
    [{ 'redis.external.url': 'redis://host', 'redis.external.caSecret': 'ca' }, /rediss:\/\//],
    [{ 'modes.stateless.enabled': 'false', 'modes.sticky.enabled': 'false' }, /set modes\.stateless\.enabled=true/],
    [{ 'account.autoscaling.maxReplicas': '1' }, /account\.autoscaling\.maxReplicas/],
    [{ 'modes.stickey.enabled': 'true' }, /additional properties 'stickey' not allowed/],
    [{ 'account.replicas': 'two' }, /got string, want null or integer/],
    [{ 'account.resources.limits.cpu': 'half' }, /'half' does not match pattern/],
    [{ 'account.resources.limits.cpu': '-1' }, /got -1, want 0/],
  ])('refuses %j', (values, sentence) => {
    expect(() => render(values)).toThrow(sentence);
  });

  it('scales the stateful ones in one pod at a time, after a long window', () => {
    const { behavior } = render().one('HorizontalPodAutoscaler', 'tellers-session-sticky').spec;
    expect(behavior.scaleDown).toEqual({
      stabilizationWindowSeconds: 300,
      policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
    });
  });

  it('runs every pod by the restricted Pod Security profile, with requests and limits', () => {
    const specs = render(everything).podSpecs();
    expect(specs).toHaveLength(9);
    for (const { spec } of specs) {
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        for (const kind of ['requests', 'limits']) {
          expect(container.resources[kind]).toEqual({
            cpu: expect.any(String),
            memory: expect.any(String),
            'ephemeral-storage': expect.any(String),
          });
        }
      }
    }
  });

  it('serves the page of the lab on the port that is probed and that its Service has', () => {
    const chart = render({ 'lab.enabled': 'true' });
    const { containers } = chart.one('Deployment', 'tellers-lab').spec.template.spec;
    const [{ args, ports, readinessProbe, livenessProbe }] = containers;
    expect(args.slice(1)).toEqual(['serve', '--platform', 'kubernetes']);
    expect(chart.environment('Deployment', 'tellers-lab')).toEqual({
      TELLERS_PAGE_HOST: '::',
      TELLERS_PAGE_PORT: String(ports[0].containerPort),
      TELLERS_PAGE_TOKEN_FILE: '/run/secrets/lab/page-token',
      RELEASE: 'tellers',
      BASE_URL: 'http://traefik.kube-system',
    });
    expect([readinessProbe.httpGet, livenessProbe.httpGet]).toEqual([
      { path: '/readyz', port: ports[0].name },
      { path: '/livez', port: ports[0].name },
    ]);
    expect(chart.one('Service', 'tellers-lab').spec.ports[0].targetPort).toBe(ports[0].name);
  });

  it.each([
    [{}, 'http://bank.example.com', 'traefik.kube-system'],
    [{ 'lab.baseUrl': 'http://door.infra:8080' }, 'http://bank.example.com:8080', 'door.infra'],
  ])('brings the lab to a bank that answers to one host alone: %j', (values, BASE_URL, CONNECT_TO) => {
    const chart = render({ 'lab.enabled': 'true', 'ingress.host': 'bank.example.com', ...values });
    expect(chart.environment('Deployment', 'tellers-lab')).toMatchObject({ BASE_URL, CONNECT_TO });
  });

  it('listens on IPv6 and IPv4', () => {
    const chart = render({ 'lab.enabled': 'true' });
    const ofLab = chart.environment('Deployment', 'tellers-lab');
    const ofAuth = chart.environment('Deployment', 'tellers-auth');
    expect([ofLab['TELLERS_PAGE_HOST'], ofAuth['HOST']]).toEqual(['::', '::']);
  });

  it('rolls the lab when another mode is switched on, and gives it no address where there is no front door', () => {
    const checksum = (values: Record<string, string>) =>
      render({ 'lab.enabled': 'true', ...values }).one('Deployment', 'tellers-lab').spec.template.metadata.annotations[
        'checksum/workloads'
      ];
    expect(checksum({})).toBe(checksum({ logLevel: 'debug' }));
    expect(checksum({})).not.toBe(checksum({ 'modes.shared.enabled': 'true' }));
    const doorless = {
      'lab.enabled': 'true',
      'ingress.controller': 'none',
      'modes.sticky.enabled': 'false',
    };
    expect(render(doorless).environment('Deployment', 'tellers-lab')).not.toHaveProperty('BASE_URL');
  });

  it('makes the token of the page, and takes that of a Secret that there is', () => {
    const secret = (values = {}) => render({ 'lab.enabled': 'true', ...values }).all('Secret');
    const { data } = secret().find(({ metadata }) => metadata.name === 'tellers-lab') as unknown as {
      data: Record<string, string>;
    };
    expect(Buffer.from(data['page-token'] ?? '', 'base64').toString()).toMatch(/^\w{40}$/);
    expect(secret({ 'lab.existingSecret': 'mine' }).map(({ metadata }) => metadata.name)).not.toContain('tellers-lab');
  });

  it('gives a lab that is read-only neither a token nor a right to change anything', () => {
    const chart = render({ 'lab.enabled': 'true', 'lab.readOnly': 'true' });
    expect(chart.environment('Deployment', 'tellers-lab')).not.toHaveProperty('TELLERS_PAGE_TOKEN_FILE');
    expect(chart.all('Secret').map(({ metadata }) => metadata.name)).not.toContain('tellers-lab');
    const [{ args }] = chart.one('Deployment', 'tellers-lab').spec.template.spec.containers;
    expect(args.at(-1)).toBe('--read-only');
    const { rules } = chart.one('Role', 'tellers-lab') as unknown as { rules: { verbs: string[] }[] };
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list', 'watch']));
  });

  it('brings the page to the front door where it is given a path', () => {
    const path = '/lab';
    const chart = render({ 'lab.enabled': 'true', 'lab.ingress.path': path });
    expect(chart.one('Ingress', 'tellers').spec.rules[0].http.paths).toContainEqual({
      path,
      pathType: 'Prefix',
      backend: { service: { name: 'tellers-lab', port: { name: 'page' } } },
    });
    expect(chart.environment('Deployment', 'tellers-lab')).toMatchObject({ TELLERS_PAGE_PATH: path });
    const closed = render({ 'lab.enabled': 'true' });
    const paths = closed.one('Ingress', 'tellers').spec.rules[0].http.paths;
    expect(paths.map((one: { path: string }) => one.path)).toEqual(['/auth', '/account', '/session']);
    expect(render({ 'lab.ingress.path': path }).names().join()).not.toContain('tellers-lab');
  });

  it.each([
    [{ 'lab.ingress.path': '/session' }, 'would take /session from the bank'],
    [{ 'lab.ingress.path': '/shared', 'modes.shared.enabled': 'true' }, 'would take /shared/session from the bank'],
    [{ 'lab.ingress.path': '/lab', 'ingress.controller': 'none', 'modes.sticky.enabled': 'false' }, 'makes none'],
    [{ 'lab.ingress.path': 'lab' }, 'does not match pattern'],
  ])('refuses a path of the page that cannot be: %j', (values, words) => {
    expect(() => render({ 'lab.enabled': 'true', ...values })).toThrow(words);
  });

  it('gives a token of the API to the lab alone', () => {
    const withToken = render(everything)
      .podSpecs()
      .filter(({ spec }) => spec.automountServiceAccountToken !== false)
      .map(({ name }) => name);
    expect(withToken).toEqual(['tellers-lab']);
  });

  it('lets the lab change the bank and nothing else', () => {
    const role = render(everything).one('Role', 'tellers-lab') as unknown as {
      rules: { resourceNames?: string[] }[];
    };
    const stateful = ['sticky', 'unpinned', 'handoff', 'shared'].map((mode) => `tellers-session-${mode}`).toSorted();
    const stateless = ['tellers-account', 'tellers-auth'];
    const rules = role.rules.map((rule) => ({ ...rule, resourceNames: rule.resourceNames?.toSorted() }));
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch', 'delete'] },
      { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['list', 'watch'] },
      { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['list', 'watch'] },
      {
        apiGroups: ['apps'],
        resources: ['deployments'],
        resourceNames: stateless,
        verbs: ['patch'],
      },
      {
        apiGroups: ['apps'],
        resources: ['statefulsets'],
        resourceNames: stateful,
        verbs: ['patch'],
      },
      {
        apiGroups: ['autoscaling'],
        resources: ['horizontalpodautoscalers'],
        resourceNames: [...stateless, ...stateful],
        verbs: ['patch'],
      },
    ]);
  });

  it('leaves the lab no right to a pod template, by which a Secret could be read, where it may not roll out', () => {
    const chart = render({ ...everything, 'lab.rollouts': 'false' });
    const { rules } = chart.one('Role', 'tellers-lab') as unknown as {
      rules: { resources: string[]; verbs: string[] }[];
    };
    const changed = rules.filter(({ verbs }) => verbs.includes('patch')).map(({ resources }) => resources);
    expect(changed).toEqual([['horizontalpodautoscalers']]);
  });

  it('gives the lab no right to change an HPA that is not there', () => {
    const chart = render({ 'lab.enabled': 'true', 'auth.autoscaling.enabled': 'false' });
    const { rules } = chart.one('Role', 'tellers-lab') as unknown as { rules: { resourceNames?: string[] }[] };
    expect(rules.at(-1)?.resourceNames).toEqual(['tellers-account', 'tellers-session-sticky']);
  });

  it('spreads the pods of one revision over the nodes, whatever a rollout is about to replace', () => {
    const keys = (kind: string, name: string): string[] =>
      render().one(kind, name).spec.template.spec.topologySpreadConstraints[0].matchLabelKeys;
    expect(keys('Deployment', 'tellers-account')).toEqual(['pod-template-hash']);
    expect(keys('StatefulSet', 'tellers-session-sticky')).toEqual(['controller-revision-hash']);
  });

  it('gives a stopping pod longer than its drain may take', () => {
    const chart = render({ 'drain.deadlineMs': '40000' });
    for (const { spec, metadata } of chart.all(...workloads)) {
      if (metadata.name === 'tellers-redis') continue;
      expect(spec.template.spec.terminationGracePeriodSeconds).toBe(57);
      expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'DRAIN_DEADLINE_MS', value: '40000' });
    }
  });

  it('keeps secrets out of every object but a Secret, and makes none where it is given one', () => {
    const chart = render();
    expect(
      chart
        .all('Secret')
        .map(({ metadata }) => metadata.name)
        .toSorted(),
    ).toEqual(['tellers-account', 'tellers-redis', 'tellers-signing-keys']);
    const { data } = chart.one('Secret', 'tellers-redis') as unknown as { data: Record<string, string> };
    const password = Buffer.from(data['redis-password'] ?? '', 'base64').toString();
    expect(password).toMatch(/^\w{40}$/);
    const others = JSON.stringify(chart.objects.filter(({ kind }) => kind !== 'Secret'));
    expect(others).not.toContain(password);
    const given = render({
      'redis.existingSecret': 'mine',
      'account.existingSecret': 'mine',
      'signingKeys.existingSecret': 'mine',
    });
    expect(given.all('Secret')).toEqual([]);
  });

  it('renders the same twice where the Secrets are given, as GitOps needs it', () => {
    const values = {
      'lab.enabled': 'true',
      'lab.existingSecret': 'mine',
      'redis.existingSecret': 'mine',
      'account.existingSecret': 'mine',
      'signingKeys.existingSecret': 'mine',
    };
    expect(render(values).objects).toEqual(render(values).objects);
  });

  it('uses an external Redis with its password from a Secret and its own authority', () => {
    const chart = render({
      'redis.external.url': 'rediss://me@redis.example.com:6380/3?family=6',
      'redis.existingSecret': 'mine',
      'redis.external.caSecret': 'authority',
    });
    expect(chart.names()).not.toContain('StatefulSet tellers-redis');
    expect(chart.environment('Deployment', 'tellers-account')).toMatchObject({
      REDIS_URL: 'rediss://me@redis.example.com:6380/3?family=6',
      REDIS_PASSWORD_FILE: '/run/secrets/redis/redis-password',
      NODE_EXTRA_CA_CERTS: '/run/secrets/redis-ca/ca.crt',
    });
    expect(render({ 'redis.external.url': 'redis://host' }).environment('Deployment', 'tellers-auth')).toMatchObject({
      REDIS_URL: 'redis://host',
    });
  });

  it('rolls Redis when its configuration changes', () => {
    const checksum = (maxmemory: string) =>
      render({ 'redis.maxmemory': maxmemory }).one('StatefulSet', 'tellers-redis').spec.template.metadata.annotations[
        'checksum/configuration'
      ];
    expect(checksum('64mb')).toBe(checksum('64mb'));
    expect(checksum('64mb')).not.toBe(checksum('128mb'));
  });

  it('makes cookies Secure where clients speak TLS', () => {
    const chart = render({
      'ingress.tls.enabled': 'true',
      'ingress.tls.secretName': 'cert',
      'ingress.host': 'bank.example.com',
    });
    expect(chart.one('Ingress', 'tellers').spec.tls).toEqual([{ hosts: ['bank.example.com'], secretName: 'cert' }]);
    expect(chart.environment('StatefulSet', 'tellers-session-sticky')).toMatchObject({ SECURE_COOKIES: 'true' });
    expect(chart.one('Service', 'tellers-session-sticky').metadata.annotations).toMatchObject({
      'traefik.ingress.kubernetes.io/service.sticky.cookie.secure': 'true',
    });
  });

  it('sends clients to TLS where that is wished, by each controller and for the page too', () => {
    const tls = { 'ingress.tls.enabled': 'true', 'ingress.tls.hstsSeconds': '31536000' };
    const chart = render({ ...tls, 'lab.enabled': 'true', 'lab.baseUrl': 'https://bank.example.com' });
    for (const [kind, name] of [
      ['Deployment', 'tellers-auth'],
      ['Deployment', 'tellers-account'],
      ['StatefulSet', 'tellers-session-sticky'],
    ] as const) {
      expect(chart.environment(kind, name)).toMatchObject({ HSTS_SECONDS: '31536000' });
    }
    expect(chart.environment('Deployment', 'tellers-lab')).toMatchObject({ TELLERS_PAGE_HSTS_SECONDS: '31536000' });
    expect(render({}).environment('Deployment', 'tellers-account')).not.toHaveProperty('HSTS_SECONDS');
  });

  it('renders for production with three of each, an external Redis and TLS', () => {
    const chart = render({}, ['helm/tellers/values-production.yaml']);
    for (const { spec } of chart.all('HorizontalPodAutoscaler')) expect(spec.minReplicas).toBe(3);
    expect(chart.all('HorizontalPodAutoscaler')).toHaveLength(3);
    expect(chart.all('Secret')).toEqual([]);
    expect(chart.names()).not.toContain('StatefulSet tellers-redis');
    expect(chart.one('Ingress', 'tellers').spec.tls).toHaveLength(1);
  });
});
