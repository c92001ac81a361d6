{{/* The ServiceAccount of a pod: the lab has one of its own, since it alone speaks to the cluster's API. */}}
{{- define "tellers.serviceAccount" -}}
{{- $lab := eq .component "lab" -}}
{{- $account := $lab | ternary .root.Values.lab.serviceAccount .root.Values.serviceAccount -}}
{{- $own := $lab | ternary (printf "%s-lab" (include "tellers.fullname" .root)) (include "tellers.fullname" .root) -}}
{{ $account.name | default ($account.create | ternary $own "default") }}
{{- end -}}
