{{/* Money is on disk before a client hears of it; a client that vanished is noticed within 15 s, which sessions rely on.
Most accounts have few entries, and a stream begins with room for a whole node of them. */}}
{{- define "tellers.redisConfiguration" -}}
dir /data
appendonly yes
appendfsync always
save ""
tcp-keepalive 5
stream-node-max-bytes 1024
maxmemory {{ .Values.redis.maxmemory }}
maxmemory-policy noeviction
{{- end -}}
