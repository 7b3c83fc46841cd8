#!/usr/bin/env bash
# Makes the start-up cache of the service ($1, such as user-service) that is packaged in the working directory: runs it
# without its stores until it has started, asks it for what is asked first of a new replica, and ends it.
set -euo pipefail

service=$1
export QUARKUS_HTTP_PORT=${QUARKUS_HTTP_PORT:-8080} QUARKUS_MANAGEMENT_PORT=${QUARKUS_MANAGEMENT_PORT:-9080}
# Nothing listens there, so there is nothing to migrate; and nobody is to be waited for at the end.
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:1/none
export QUARKUS_FLYWAY_MIGRATE_AT_START=false QUARKUS_SHUTDOWN_DELAY=0
export HELIOGRAPH_TOKENS_JWKS_URL=http://127.0.0.1:1/.well-known/jwks.json

if [ "$service" = user-service ]; then
  keys=$(mktemp)
  trap 'rm -f "$keys"' EXIT
  java -jar quarkus-run.jar new-signing-key > "$keys"
  export HELIOGRAPH_TOKENS_SIGNING_KEYS=$keys
fi

# Prints what is answered at port $1 and path $2; the image has no curl.
ask() {
  exec 3<> "/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  cat <&3
  exec 3>&-
}

# Prints a text frame of a client (RFC 6455, 5.2) with the payload $1 of up to 125 bytes, under a mask of zeros.
frame() {
  printf "\\x81\\x$(printf %x $((128 + ${#1})))\\0\\0\\0\\0"
  printf %s "$1"
}

# Sends what each client sends on a WebSocket, with a token that is not valid here, and prints the answers.
walk_socket() {
  exec 3<> "/dev/tcp/127.0.0.1/$QUARKUS_HTTP_PORT"
  printf '%s\r\n' 'GET /api/ws HTTP/1.1' 'Host: localhost' 'Connection: Upgrade' 'Upgrade: websocket' \
    'Sec-WebSocket-Version: 13' 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==' \
    'Sec-WebSocket-Protocol: heliograph.v1' '' >&3
  frame '{"type":"ping","id":"1"}' >&3
  frame '{"type":"join","id":"2","room":"01890000-0000-7000-8000-000000000000"}' >&3
  frame '{"type":"connect","id":"3","token":"none"}' >&3
  # The last answer is a close frame, to which the server expects one.
  timeout 1 cat <&3 || true
  printf '\x88\x80\0\0\0\0' >&3
  timeout 10 cat <&3
  exec 3>&-
}

java -XX:AOTCacheOutput=start.aot -jar quarkus-run.jar &
process=$!
until (ask "$QUARKUS_MANAGEMENT_PORT" /q/health/started) 2> /dev/null | grep ' 200 OK' > /dev/null; do
  kill -0 $process
  sleep 0.2
done
for path in /q/health/live /q/health/ready /q/metrics; do ask "$QUARKUS_MANAGEMENT_PORT" $path; done > /dev/null
for path in /.well-known/jwks.json /api/rooms /api/users/me; do ask "$QUARKUS_HTTP_PORT" $path; done > /dev/null
if [ "$service" = message-service ]; then
  walk_socket | grep -a '"code":"invalid_token"' > /dev/null
fi

kill $process
# 143 is the answer to the signal.
wait $process || [ $? = 143 ]
[ -s start.aot ]
