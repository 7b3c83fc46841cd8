#!/usr/bin/env bash
# Makes the start-up cache of the service ($1, such as user-service) that is packaged in the working directory: runs it
# without its stores until it has started, sends it many of the first requests of a new replica, and ends it.
set -euo pipefail

service=$1
# The cache also holds the profiles of methods that ran often. With them the JVM of a new replica compiles the code that
# its first clients run, without measuring it for thousands of calls before.
rounds=5000
export QUARKUS_HTTP_PORT=${QUARKUS_HTTP_PORT:-8080} QUARKUS_MANAGEMENT_PORT=${QUARKUS_MANAGEMENT_PORT:-9080}
# Nothing listens there, so there is nothing to migrate; and nobody is to be waited for at the end.
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:1/none
export QUARKUS_FLYWAY_MIGRATE_AT_START=false QUARKUS_SHUTDOWN_DELAY=0
export HELIOGRAPH_TOKENS_JWKS_URL=http://127.0.0.1:1/.well-known/jwks.json

keys=''
process=''
trap 'rm -f $keys; [ -z "$process" ] || kill -9 "$process" 2> /dev/null || true' EXIT
if [ "$service" = user-service ]; then
  keys=$(mktemp)
  java -jar quarkus-run.jar new-signing-key > "$keys"
  export HELIOGRAPH_TOKENS_SIGNING_KEYS=$keys
fi

# Prints the responses to $3 requests (1 by default) for path $2 on one connection to port $1; the image has no curl.
request() {
  local i
  exec 3<> "/dev/tcp/127.0.0.1/$1"
  # Beside the reading, since each end blocks while the other does not read.
  {
    for ((i = 1; i < ${3:-1}; i++)); do printf 'GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n' "$2"; done
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2"
  } >&3 &
  cat <&3
  exec 3>&-
}

# Prints a text frame of a client (RFC 6455, 5.2) with the payload $1 of up to 125 bytes, under a mask of zeros; as a
# format of printf, since a variable holds no zeros.
frame() {
  printf '\\x81\\x%x\\0\\0\\0\\0%s' $((128 + ${#1})) "$1"
}

readonly upgrade='GET /api/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'\
'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'\
'Sec-WebSocket-Protocol: heliograph.v1\r\n\r\n'
frames=$(frame '{"type":"ping","id":"1"}')
frames+=$(frame '{"type":"join","id":"2","room":"01890000-0000-7000-8000-000000000000"}')
frames+=$(frame '{"type":"connect","id":"3","token":"none"}')

# Sends what each client sends on a WebSocket, with a token that is not valid here. Fails without the answer to it.
walk_socket() {
  local answer=''
  exec 3<> "/dev/tcp/127.0.0.1/$QUARKUS_HTTP_PORT"
  printf "$upgrade" >&3
  until [[ $answer = $'\r' ]]; do IFS= read -r -t 10 answer <&3; done
  printf "$frames" >&3
  until [[ $answer = *'"code":"invalid_token"'* ]]; do IFS= read -r -t 10 -d '}' answer <&3; done
  # The last answer is followed by a close frame, to which the server expects one.
  printf '\x88\x80\0\0\0\0' >&3
  while IFS= read -r -t 10 answer <&3; do :; done
  exec 3>&-
}

# Without the lines of the access log, one for each request, which would hide everything else in the log of the build.
java -XX:AOTCacheOutput=start.aot -jar quarkus-run.jar > >(grep -v '"requestId"' || true) &
process=$!
until (request "$QUARKUS_MANAGEMENT_PORT" /q/health/started) 2> /dev/null | grep ' 200 OK' > /dev/null; do
  kill -0 $process
  sleep 0.2
done
for path in /q/health/live /q/health/ready /q/metrics; do request "$QUARKUS_MANAGEMENT_PORT" $path; done > /dev/null
for path in /.well-known/jwks.json /api/rooms /api/users/me; do
  request "$QUARKUS_HTTP_PORT" $path $rounds
done > /dev/null
if [ "$service" = message-service ]; then
  for ((round = 0; round < rounds; round++)); do walk_socket; done
fi

kill $process
# 143 is the answer to the signal.
wait $process || [ $? = 143 ]
[ -s start.aot ]
