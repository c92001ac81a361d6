{{/* Names of the Secrets: the user's, else the release's own. */}}
{{- define "tellers.redisSecret" -}}
{{ .Values.redis.existingSecret | default (printf "%s-redis" (include "tellers.fullname" .)) }}
{{- end -}}
{{- define "tellers.accountSecret" -}}
{{ .Values.account.existingSecret | default (printf "%s-account" (include "tellers.fullname" .)) }}
{{- end -}}
{{- define "tellers.labSecret" -}}
{{ .Values.lab.existingSecret | default (printf "%s-lab" (include "tellers.fullname" .)) }}
{{- end -}}
{{- define "tellers.signingKeysSecret" -}}
{{ .Values.signingKeys.existingSecret | default (printf "%s-signing-keys" (include "tellers.fullname" .)) }}
{{- end -}}

{{/* What they are called in the Secrets: the user may have names of his own. */}}
{{- define "tellers.redisKey" -}}
{{ empty .Values.redis.existingSecret | ternary "redis-password" .Values.redis.existingSecretKey }}
{{- end -}}
{{- define "tellers.accountKey" -}}
{{ empty .Values.account.existingSecret | ternary "continuation-secret" .Values.account.existingSecretKey }}
{{- end -}}
{{- define "tellers.labKey" -}}
{{ empty .Values.lab.existingSecret | ternary "page-token" .Values.lab.existingSecretKey }}
{{- end -}}

{{/*
A value of a Secret: the cluster's, else a random one that stays the same within a render. Takes root, secret and key.
*/}}
{{- define "tellers.kept" -}}
{{- $kept := get .root.Values "kept" | default dict -}}
{{- $name := printf "%s/%s" .secret .key -}}
{{- if not (hasKey $kept $name) -}}
{{- $found := dig "data" .key "" (lookup "v1" "Secret" .root.Release.Namespace .secret) -}}
{{- $_ := set $kept $name ($found | default (randAlphaNum 40 | b64enc)) -}}
{{- $_ := set .root.Values "kept" $kept -}}
{{- end -}}
{{- get $kept $name -}}
{{- end -}}

{{- define "tellers.redisPassword" -}}
{{ include "tellers.kept" (dict "root" . "secret" (include "tellers.redisSecret" .) "key" (include "tellers.redisKey" .)) }}
{{- end -}}
{{- define "tellers.continuationSecret" -}}
{{ include "tellers.kept" (dict "root" . "secret" (include "tellers.accountSecret" .) "key" (include "tellers.accountKey" .)) }}
{{- end -}}

{{- define "tellers.pageToken" -}}
{{ include "tellers.kept" (dict "root" . "secret" (include "tellers.labSecret" .) "key" (include "tellers.labKey" .)) }}
{{- end -}}

{{/*
Secrets that the release makes where it is given none: component, whether it is needed, and the data of a new one.
*/}}
{{- define "tellers.ownSecrets" -}}
- component: redis
  needed: {{ and (not .Values.redis.external.url) (not .Values.redis.existingSecret) }}
  data: { redis-password: {{ include "tellers.redisPassword" . }} }
- component: account
  needed: {{ and .Values.modes.stateless.enabled (not .Values.account.existingSecret) }}
  data: { continuation-secret: {{ include "tellers.continuationSecret" . }} }
- component: lab
  needed: {{ and .Values.lab.enabled (not .Values.lab.readOnly) (not .Values.lab.existingSecret) }}
  data: { page-token: {{ include "tellers.pageToken" . }} }
- component: signing-keys
  needed: {{ not .Values.signingKeys.existingSecret }}
  # Named for when it was made: the newest that is old enough signs.
  data: { {{ now | unixEpoch }}.pem: {{ genPrivateKey "ecdsa" | b64enc }} }
{{- end -}}

{{/* Whether Redis asks for a password: ours does, an external one where a Secret has it. */}}
{{- define "tellers.redisHasPassword" -}}
{{- if or (not .Values.redis.external.url) .Values.redis.existingSecret }}true{{ end -}}
{{- end -}}

{{/*
Change when a Secret that is read at start has changed, so that pods roll. The user's own Secrets count where they can
be looked up: a random stand-in would look new in every render.
*/}}
{{- define "tellers.redisPasswordChecksum" -}}
{{- if or (not .Values.redis.existingSecret) (lookup "v1" "Secret" .Release.Namespace .Values.redis.existingSecret) -}}
{{- include "tellers.redisPassword" . | sha256sum -}}
{{- else -}}
unknown
{{- end -}}
{{- end -}}
{{- define "tellers.continuationChecksum" -}}
{{- if or (not .Values.account.existingSecret) (lookup "v1" "Secret" .Release.Namespace .Values.account.existingSecret) -}}
{{- include "tellers.continuationSecret" . | sha256sum -}}
{{- else -}}
unknown
{{- end -}}
{{- end -}}
{{- define "tellers.pageTokenChecksum" -}}
{{- if or (not .Values.lab.existingSecret) (lookup "v1" "Secret" .Release.Namespace .Values.lab.existingSecret) -}}
{{- include "tellers.pageToken" . | sha256sum -}}
{{- else -}}
unknown
{{- end -}}
{{- end -}}
