{{/* The URL of Redis; kubelet puts the password in. */}}
{{- define "tellers.redisUrl" -}}
{{- $external := .Values.redis.external.url -}}
{{- if not $external -}}
redis://:$(REDIS_PASSWORD)@{{ include "tellers.fullname" . }}-redis:6379
{{- else if include "tellers.redisHasPassword" . -}}
{{- $url := urlParse $external -}}
{{ $url.scheme }}://{{ $url.userinfo }}:$(REDIS_PASSWORD)@{{ $url.host }}{{ $url.path }}
{{- else -}}
{{ $external }}
{{- end -}}
{{- end -}}

{{/* Environment of a workload's pods; takes root and workload. */}}
{{- define "tellers.environment" -}}
{{- $values := .root.Values -}}
{{- $settings := index $values .workload.app -}}
{{- $fullname := include "tellers.fullname" .root -}}
- { name: HOST, value: 0.0.0.0 }
- { name: PORT, value: '3000' }
- { name: ADMIN_PORT, value: '3001' }
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- { name: LOG_LEVEL, value: {{ $values.logLevel }} }
- { name: ISSUER, value: {{ $values.issuer | quote }} }
- { name: AUDIENCE, value: {{ $values.audience | quote }} }
- { name: DRAIN_DEADLINE_MS, value: {{ $values.drain.deadlineMs | int64 | quote }} }
- { name: DRAIN_LEAVE_MS, value: {{ $values.drain.leaveMs | int64 | quote }} }
- { name: DRAIN_QUIET_MS, value: {{ $values.drain.quietMs | int64 | quote }} }
- { name: REDIS_KEY_PREFIX, value: {{ $values.redis.keyPrefix | quote }} }
{{- if include "tellers.redisHasPassword" .root }}
- name: REDIS_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ include "tellers.redisSecret" .root }}, key: redis-password } }
{{- end }}
- { name: REDIS_URL, value: {{ include "tellers.redisUrl" .root | quote }} }
{{- if $values.redis.external.caSecret }}
- { name: NODE_EXTRA_CA_CERTS, value: /run/secrets/redis-ca/ca.crt }
{{- end }}
{{- if eq .workload.app "auth" }}
- { name: SIGNING_KEYS_FILE, value: /run/secrets/signing-keys }
- { name: KEY_LEAD_SECONDS, value: {{ $values.signingKeys.leadSeconds | int64 | quote }} }
- { name: REFRESH_TTL_SECONDS, value: {{ $settings.refreshTtlSeconds | int64 | quote }} }
- { name: CURRENCY, value: {{ $settings.currency | quote }} }
{{- else }}
- { name: JWKS_URL, value: 'http://{{ $fullname }}-auth/auth/.well-known/jwks.json' }
{{- end }}
{{- if eq .workload.app "account" }}
- name: CONTINUATION_SECRET
  valueFrom: { secretKeyRef: { name: {{ include "tellers.accountSecret" .root }}, key: continuation-secret } }
{{- end }}
{{- if eq .workload.app "session" }}
- { name: MODE, value: {{ .workload.mode }} }
- { name: STORE, value: {{ .workload.store }} }
- { name: AFFINITY, value: {{ .workload.affinity }} }
- { name: SECURE_COOKIES, value: {{ $values.ingress.tls.enabled | quote }} }
- { name: IDLE_TIMEOUT_MS, value: {{ $settings.idleTimeoutMs | int64 | quote }} }
- { name: ABSOLUTE_TIMEOUT_MS, value: {{ $settings.absoluteTimeoutMs | int64 | quote }} }
- { name: MAX_SESSIONS, value: {{ $settings.maxSessions | int64 | quote }} }
{{- end }}
{{- include "tellers.furtherEnvironment" $settings.env }}
{{- end -}}

{{/* Variables that the user gave, name: value. */}}
{{- define "tellers.furtherEnvironment" -}}
{{- range $name, $value := . }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end -}}
