{{/* Every host that the bank answers to, as a JSON list; an empty one: any host. */}}
{{- define "tellers.hosts" -}}
{{- prepend (.Values.ingress.hosts | default list) .Values.ingress.host | compact | uniq | toJson -}}
{{- end -}}

{{/* A name by which the bank is asked for: the first host, of a wildcard one name under it; empty where any will do. */}}
{{- define "tellers.host" -}}
{{- first (include "tellers.hosts" . | fromJsonArray) | default "" | replace "*." "bank." -}}
{{- end -}}

{{/* Annotations of a mode's Service that bind a client to a pod by the mode's own cookie; takes root and workload. */}}
{{- define "tellers.affinityAnnotations" -}}
{{- if eq .workload.affinity "cookie" -}}
{{- $cookie := printf "tellers-affinity-%s" .workload.mode -}}
{{- if eq .root.Values.ingress.controller "traefik" -}}
traefik.ingress.kubernetes.io/service.sticky.cookie: 'true'
traefik.ingress.kubernetes.io/service.sticky.cookie.name: {{ $cookie }}
traefik.ingress.kubernetes.io/service.sticky.cookie.httponly: 'true'
traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: strict
traefik.ingress.kubernetes.io/service.sticky.cookie.secure: {{ .root.Values.ingress.tls.enabled | quote }}
{{- with .root.Values.ingress.pathPrefix }}
traefik.ingress.kubernetes.io/service.sticky.cookie.path: {{ . }}
{{- end }}
{{- else if eq .root.Values.ingress.controller "haproxy" -}}
haproxy.org/cookie-persistence: {{ $cookie }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Namespaces where the controller's pods usually are, of which the first has its Service; the user's own, where given. */}}
{{- define "tellers.ingressNamespaces" -}}
{{- $usual := dict "traefik" (list "kube-system" "traefik") "haproxy" (list "haproxy-controller") -}}
{{- with .Values.ingress.namespace }}{{ list . | toJson }}{{ else }}{{ get $usual .Values.ingress.controller | toJson }}{{ end -}}
{{- end -}}

{{/* Who brings requests: the user's peers, else the controller's pods as its own chart labels them; nobody where there is none. */}}
{{- define "tellers.ingressPeers" -}}
{{- $labels := dict "traefik" "traefik" "haproxy" "kubernetes-ingress" -}}
{{- if .Values.networkPolicy.ingressFrom -}}
{{- toYaml .Values.networkPolicy.ingressFrom -}}
{{- else if hasKey $labels .Values.ingress.controller -}}
- namespaceSelector:
    matchExpressions:
      - { key: kubernetes.io/metadata.name, operator: In, values: {{ include "tellers.ingressNamespaces" . }} }
  podSelector: { matchLabels: { app.kubernetes.io/name: {{ get $labels .Values.ingress.controller }} } }
{{- end -}}
{{- end -}}

{{/* Whose word on a client's address is taken: the user's choice, else the controller's where nobody else reaches the pods. */}}
{{- define "tellers.trustedProxies" -}}
{{- $onlyController := and (ne .Values.ingress.controller "none") .Values.networkPolicy.enabled -}}
{{- $given := .Values.ingress.trustedProxies -}}
{{- /* A 0 is empty, too, and says that nobody's word is taken. */}}
{{- if or (kindIs "invalid" $given) (eq (toString $given) "") -}}
{{- ternary "1" "0" $onlyController -}}
{{- else -}}
{{- toString $given -}}
{{- end -}}
{{- end -}}

{{/* Where the front door is for a pod in the cluster; empty where there is none. */}}
{{- define "tellers.frontDoor" -}}
{{- $services := dict "traefik" "traefik" "haproxy" "haproxy-kubernetes-ingress" -}}
{{- with get $services .Values.ingress.controller -}}
http://{{ . }}.{{ include "tellers.ingressNamespaces" $ | fromJsonArray | first }}
{{- end -}}
{{- end -}}
