{{/* Fails the render on values that would not do what they say, and says what to set instead. */}}
{{- define "tellers.validation" -}}
{{- $ingress := .Values.ingress -}}
{{- $workloads := include "tellers.workloads" . | fromYamlArray -}}
{{- if lt (len $workloads) 2 -}}
{{- fail "Every mode is off: set modes.stateless.enabled=true, or another mode's." -}}
{{- end -}}
{{- range $app := list "auth" "account" "session" -}}
{{- with (index $.Values $app).autoscaling -}}
{{- if lt (int .maxReplicas) (int .minReplicas) -}}
{{- fail (printf "%s.autoscaling.maxReplicas is below minReplicas, which is %d: set it to that or more." $app (int .minReplicas)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq $ingress.controller "none" -}}
{{- range $workloads -}}
{{- if eq .affinity "cookie" -}}
{{- fail (printf "The mode %s binds each client to a pod by a cookie, and ingress.controller=none leaves nobody to set it: set modes.%s.enabled=false (and modes.shared.enabled=true for sessions without affinity), or ingress.controller=traefik or haproxy." .mode .mode) -}}
{{- end -}}
{{- end -}}
{{- if or $ingress.host $ingress.className $ingress.tls.secretName $ingress.annotations -}}
{{- fail "ingress.controller=none makes no Ingress, so ingress.host, className, annotations and tls.secretName would be lost: unset them, or set ingress.controller=traefik or haproxy." -}}
{{- end -}}
{{- end -}}
{{- with .Values.lab.ingress.path -}}
{{- if eq $ingress.controller "none" -}}
{{- fail "lab.ingress.path needs an Ingress, and ingress.controller=none makes none: unset it and forward the port of the lab, or set ingress.controller=traefik or haproxy." -}}
{{- end -}}
{{- $path := . -}}
{{- range $workloads -}}
{{- if hasPrefix (printf "%s/" $path) (printf "%s/" .path) -}}
{{- fail (printf "lab.ingress.path=%s would take %s from the bank: choose another path, such as /lab." $path .path) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $ingress.tls.secretName (not $ingress.tls.enabled) -}}
{{- fail "ingress.tls.secretName is set and TLS is off: set ingress.tls.enabled=true too, or unset the name." -}}
{{- end -}}
{{- if and $ingress.tls.secretName (not $ingress.host) -}}
{{- fail "A certificate is for a host, and ingress.host is empty: set ingress.host to the name in the certificate." -}}
{{- end -}}
{{- with .Values.redis.external -}}
{{- if regexMatch "^rediss?://[^/@]*:[^/@]*@" .url -}}
{{- fail "redis.external.url holds a password, which would be stored in the release: leave it out, put it into a Secret as redis-password, and set redis.existingSecret to the Secret's name." -}}
{{- end -}}
{{- if and .caSecret (not (hasPrefix "rediss://" .url)) -}}
{{- fail "redis.external.caSecret is for TLS: set redis.external.url to a rediss:// URL, or unset it." -}}
{{- end -}}
{{- end -}}
{{- end -}}
