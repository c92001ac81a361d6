/** haproxy with one thread: routes by path, keeps clients by a cookie, keeps connections to the pod. */
export const haproxySettings = (port: number, podPort: number): string => `
global
  nbthread 1
  maxconn 1024
defaults
  mode http
  timeout connect 2s
  timeout client 75s
  timeout server 30s
  option forwardfor
  http-reuse always
frontend door
  bind 127.0.0.1:${port}
  use_backend sticky if { path_beg /session }
backend sticky
  cookie tellers-affinity-sticky insert indirect nocache httponly
  server session-0 127.0.0.1:${podPort} cookie session-0
`;

/** nginx with one process and kept connections to the pod; affinity by cookie is not in its free edition. */
export const nginxSettings = (folder: string, port: number, podPort: number): string => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path ${folder}/nginx-body;
  proxy_temp_path ${folder}/nginx-proxy;
  fastcgi_temp_path ${folder}/nginx-fastcgi;
  uwsgi_temp_path ${folder}/nginx-uwsgi;
  scgi_temp_path ${folder}/nginx-scgi;
  upstream sticky { server 127.0.0.1:${podPort}; keepalive 64; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location /session {
      proxy_pass http://sticky;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}
`;
