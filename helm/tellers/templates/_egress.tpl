{{/* What a component's pods may connect to; takes root and component. Redis asks nobody, by name or otherwise. */}}
{{- define "tellers.egress" -}}
{{- $values := .root.Values -}}
{{- if eq .component "session" }}
# The cluster's API, beside what every service may reach.
- ports: [{ port: 443 }, { port: 6443 }]
{{- else if ne .component "redis" }}
# Names, at whatever serves them: pods behind port 53 of their Service may listen on 5353, and a node's cache is no pod.
- ports:
    - { port: 53, protocol: UDP }
    - { port: 53, protocol: TCP }
    - { port: 5353, protocol: UDP }
    - { port: 5353, protocol: TCP }
{{- if has .component (list "lab" "test") }}
# The bank's pods, and its front door as a customer has it.
- to:
    - podSelector:
        matchLabels:
          {{- include "tellers.releaseSelector" .root | nindent 10 }}
    {{- with include "tellers.ingressPeers" .root }}
    {{- . | nindent 4 }}
    {{- end }}
{{- if eq .component "lab" }}
# The cluster's API, whose address no selector names.
- ports: [{ port: 443 }, { port: 6443 }]
{{- end }}
{{- else }}
{{- include "tellers.redisEgress" .root }}
# The public keys of tokens.
- ports: [{ port: 3000 }]
  to:
    - podSelector:
        matchLabels:
          {{- include "tellers.selector" (dict "root" .root "component" "auth") | nindent 10 }}
{{- end }}
{{- with $values.networkPolicy.egress.further }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "tellers.redisEgress" -}}
{{- with .Values.redis.external.url }}
# An address behind a name, which no selector says.
- ports: [{ port: {{ regexFind ":[0-9]+$" (urlParse .).host | default ":6379" | trimPrefix ":" }} }]
  {{- with $.Values.networkPolicy.egress.redisTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- else }}
- ports: [{ port: 6379 }]
  to:
    - podSelector:
        matchLabels:
          {{- include "tellers.selector" (dict "root" . "component" "redis") | nindent 10 }}
{{- end }}
{{- end -}}
