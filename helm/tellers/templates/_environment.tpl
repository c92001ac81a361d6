{{/* Environment of a workload's pods, in which the user's variables replace the chart's; takes root and workload. */}}
{{- define "tellers.environment" -}}
{{- $own := include "tellers.ownEnvironment" . | fromYamlArray -}}
{{- include "tellers.mergedEnvironment" (dict "app" .workload.app "own" $own "further" (index .root.Values .workload.app).env) -}}
{{- end -}}

{{/* Environment that the chart gives a workload's pods; takes root and workload. */}}
{{- define "tellers.ownEnvironment" -}}
{{- $values := .root.Values -}}
{{- $settings := index $values .workload.app -}}
{{- $fullname := include "tellers.fullname" .root -}}
- { name: HOST, value: '::' }
- { name: PORT, value: '3000' }
- { name: ADMIN_PORT, value: '3001' }
{{- with $values.ingress.pathPrefix }}
- { name: PATH_PREFIX, value: {{ . | quote }} }
{{- end }}
{{- with $values.ingress.tls.hstsSeconds }}
- { name: HSTS_SECONDS, value: {{ . | int64 | quote }} }
{{- end }}
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- { name: TRUST_PROXY, value: {{ include "tellers.trustedProxies" .root | quote }} }
- { name: LOG_LEVEL, value: {{ $values.logLevel }} }
- { name: ACCESS_LOG, value: {{ $values.accessLog | quote }} }
- { name: ISSUER, value: {{ $values.issuer | quote }} }
- { name: AUDIENCE, value: {{ $values.audience | quote }} }
- { name: DRAIN_DEADLINE_MS, value: {{ $values.drain.deadlineMs | int64 | quote }} }
- { name: DRAIN_LEAVE_MS, value: {{ $values.drain.leaveMs | int64 | quote }} }
- { name: DRAIN_QUIET_MS, value: {{ $values.drain.quietMs | int64 | quote }} }
- { name: REDIS_KEY_PREFIX, value: {{ $values.redis.keyPrefix | quote }} }
{{- if include "tellers.redisHasPassword" .root }}
- { name: REDIS_PASSWORD_FILE, value: /run/secrets/redis/redis-password }
{{- end }}
- { name: REDIS_URL, value: {{ $values.redis.external.url | default (printf "redis://%s-redis:6379" $fullname) | quote }} }
{{- if $values.redis.external.caSecret }}
- { name: NODE_EXTRA_CA_CERTS, value: /run/secrets/redis-ca/ca.crt }
{{- end }}
{{- if eq .workload.app "auth" }}
- { name: SIGNING_KEYS_FILE, value: /run/secrets/signing-keys }
- { name: KEY_LEAD_SECONDS, value: {{ $values.signingKeys.leadSeconds | int64 | quote }} }
- { name: REFRESH_TTL_SECONDS, value: {{ $settings.refreshTtlSeconds | int64 | quote }} }
- { name: CURRENCY, value: {{ $settings.currency | quote }} }
{{ include "tellers.limits" (dict
  "REGISTRATIONS_PER_HOUR" $settings.registrationsPerHour
  "SIGN_INS_PER_MINUTE" $settings.signInsPerMinute
  "REFRESHES_PER_MINUTE" $settings.refreshesPerMinute
  "WRONG_PASSWORDS" $settings.wrongPasswords
  "WRONG_PASSWORDS_OF_CUSTOMER" $settings.wrongPasswordsOfCustomer
  "WRONG_PASSWORDS_OF_ADDRESS" $settings.wrongPasswordsOfAddress
) }}
{{- else }}
- { name: JWKS_URL, value: 'http://{{ $fullname }}-auth/auth/.well-known/jwks.json' }
{{- end }}
{{- if eq .workload.app "account" }}
- { name: CONTINUATION_SECRET_FILE, value: /run/secrets/account/continuation-secret }
{{- end }}
{{- if eq .workload.app "session" }}
- { name: MODE, value: {{ .workload.mode }} }
- { name: STORE, value: {{ .workload.store }} }
- { name: AFFINITY, value: {{ .workload.affinity }} }
- { name: SECURE_COOKIES, value: {{ $values.ingress.tls.enabled | quote }} }
- { name: IDLE_TIMEOUT_MS, value: {{ $settings.idleTimeoutMs | int64 | quote }} }
- { name: ABSOLUTE_TIMEOUT_MS, value: {{ $settings.absoluteTimeoutMs | int64 | quote }} }
- { name: MAX_SESSIONS, value: {{ $settings.maxSessions | int64 | quote }} }
- { name: MAX_SESSIONS_PER_CUSTOMER, value: {{ $settings.maxSessionsPerCustomer | int64 | quote }} }
{{- if eq .workload.kind "Deployment" }}
- name: DELETION_COST_NAMESPACE
  valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
{{- end }}
{{- /* Values of an earlier release have none of these. */}}
{{- with $settings.rebalancing }}
{{- if eq $.workload.store "handoff" }}
- { name: REBALANCE, value: {{ .enabled | quote }} }
- { name: REBALANCE_TOLERANCE_PERCENT, value: {{ .tolerancePercent | int64 | quote }} }
- { name: REBALANCE_PER_SECOND, value: {{ .sessionsPerSecond | int64 | quote }} }
{{- with .requestsPercent }}
- { name: REBALANCE_REQUESTS_PERCENT, value: {{ . | int64 | quote }} }
{{- end }}
{{- end }}
{{- end }}
{{ include "tellers.limits" (dict
  "SESSIONS_PER_MINUTE" $settings.sessionsPerMinute
  "SESSIONS_PER_MINUTE_OF_ADDRESS" $settings.sessionsPerMinuteOfAddress
) }}
{{- end }}
{{- end -}}

{{/* Limits as variables; one that is unset, as by the values of an earlier release, is left to the service. */}}
{{- define "tellers.limits" -}}
{{- range $name, $value := . }}
{{- if not (kindIs "invalid" $value) }}
- { name: {{ $name }}, value: {{ $value | int64 | quote }} }
{{- end }}
{{- end }}
{{- end -}}

{{/* Environment that the chart gives the lab. */}}
{{- define "tellers.labEnvironment" -}}
- { name: TELLERS_PAGE_HOST, value: '::' }
- { name: TELLERS_PAGE_PORT, value: '4000' }
{{- with include "tellers.labPath" . }}
- { name: TELLERS_PAGE_PATH, value: {{ . | quote }} }
{{- end }}
{{- with .Values.ingress.tls.hstsSeconds }}
- { name: TELLERS_PAGE_HSTS_SECONDS, value: {{ . | int64 | quote }} }
{{- end }}
{{- if not .Values.lab.readOnly }}
- { name: TELLERS_PAGE_TOKEN_FILE, value: /run/secrets/lab/page-token }
{{- end }}
- { name: RELEASE, value: {{ include "tellers.instance" . | quote }} }
{{- with .Values.lab.baseUrl | default (include "tellers.frontDoor" .) }}
{{- $url := urlParse . }}
{{- $host := include "tellers.host" $ }}
{{- /* An Ingress that has a host answers to no other; the cluster's DNS does not know that host. */}}
- { name: BASE_URL, value: {{ printf "%s%s" ($host | empty | ternary . (printf "%s://%s%s" $url.scheme $host (regexFind ":[0-9]+$" $url.host))) ($.Values.ingress.pathPrefix | default "") | quote }} }
{{- if $host }}
- { name: CONNECT_TO, value: {{ $url.hostname | quote }} }
{{- end }}
{{- end }}
{{- end -}}

{{/* Variables that what the chart makes around them relies on, and what to set instead. */}}
{{- define "tellers.reservedEnvironment" -}}
{{- $wired := "leave it out, since ports, probes and Services of the chart rely on it" -}}
PORT: {{ $wired }}
ADMIN_PORT: {{ $wired }}
POD_NAME: leave it out, since it is the pod's own name
DELETION_COST_NAMESPACE: set session.workload
ISSUER: set issuer, which every app shares
AUDIENCE: set audience, which every app shares
DRAIN_DEADLINE_MS: set drain.deadlineMs, which the grace period of pods follows
DRAIN_LEAVE_MS: set drain.leaveMs, which the grace period of pods follows
REDIS_KEY_PREFIX: set redis.keyPrefix, which every app shares
REDIS_PASSWORD: set redis.existingSecret to a Secret with redis-password
REDIS_PASSWORD_FILE: set redis.existingSecret to a Secret with redis-password
REDIS_URL: set redis.external.url
SIGNING_KEYS_FILE: set signingKeys.existingSecret to a Secret with the keys
CONTINUATION_SECRET_FILE: set account.existingSecret to a Secret with continuation-secret
CONTINUATION_SECRET: set account.existingSecret to a Secret with continuation-secret
PATH_PREFIX: set ingress.pathPrefix
TRUST_PROXY: set ingress.trustedProxies
MODE: set modes.<mode>.enabled
STORE: set modes.<mode>.enabled
AFFINITY: set modes.<mode>.enabled
SECURE_COOKIES: set ingress.tls.enabled
HSTS_SECONDS: set ingress.tls.hstsSeconds
TELLERS_PAGE_HSTS_SECONDS: set ingress.tls.hstsSeconds
TELLERS_PAGE_PORT: {{ $wired }}
TELLERS_PAGE_PATH: set lab.ingress.path
TELLERS_PAGE_TOKEN_FILE: set lab.existingSecret to a Secret with page-token
TELLERS_PAGE_TOKEN: set lab.existingSecret to a Secret with page-token
RELEASE: leave it out, since it is this release
{{- end -}}

{{/* The chart's variables and the user's, each name once; takes app, own (entries) and further (a map). */}}
{{- define "tellers.mergedEnvironment" -}}
{{- $app := .app -}}
{{- $reserved := include "tellers.reservedEnvironment" . | fromYaml -}}
{{- range .own -}}
{{- range $name := list .name (trimSuffix "_FILE" .name) -}}
{{- if and (hasKey $reserved $name) (hasKey ($.further | default dict) $name) -}}
{{- fail (printf "%s.env.%s would replace what the chart sets: %s." $app $name (get $reserved $name)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $further := dict -}}
{{- range $name, $value := .further -}}
{{- $entry := dict "name" $name -}}
{{- if kindIs "map" $value -}}
{{- $entry = merge $entry $value -}}
{{- else -}}
{{- $_ := set $entry "value" (include "tellers.digits" (dict "name" (printf "%s.env.%s" $app $name) "value" $value)) -}}
{{- end -}}
{{- $_ := set $further $name $entry -}}
{{- end -}}
{{- $entries := list -}}
{{- range .own -}}
{{- $entries = append $entries (get $further .name | default .) -}}
{{- $further = omit $further .name -}}
{{- end -}}
{{- range $further -}}
{{- $entries = append $entries . -}}
{{- end -}}
{{- toYaml $entries -}}
{{- end -}}

{{/* A text, number or boolean as it was written: a number of a values file is a float, which is printed with an exponent. */}}
{{- define "tellers.digits" -}}
{{- if kindIs "string" .value -}}
{{- .value -}}
{{- else if and (kindIs "float64" .value) (gt (float64 .value) 9007199254740991.0) -}}
{{- fail (printf "%s has more digits than a number keeps: set it as a text, in quotes (or by --set-string)." .name) -}}
{{- else -}}
{{- toJson .value -}}
{{- end -}}
{{- end -}}
