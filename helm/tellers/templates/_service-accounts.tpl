{{/* The ServiceAccount of a pod: who speaks to the cluster's API has one of its own, which is the lab and a session pod of a Deployment. */}}
{{- define "tellers.serviceAccount" -}}
{{- $account := eq .component "lab" | ternary .root.Values.lab.serviceAccount .root.Values.serviceAccount -}}
{{- if and $account.create (hasPrefix "session" .component) (eq (include "tellers.sessionKind" .root) "Deployment") -}}
{{ include "tellers.fullname" .root }}-session
{{- else -}}
{{- $own := eq .component "lab" | ternary (printf "%s-lab" (include "tellers.fullname" .root)) (include "tellers.fullname" .root) -}}
{{ $account.name | default ($account.create | ternary $own "default") }}
{{- end -}}
{{- end -}}
