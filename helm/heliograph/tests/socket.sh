# A WebSocket opens through the gateway: it reaches message-service. curl then waits for frames, until its time is up.
answer=$(curl --silent --http1.1 --max-time 5 --write-out '%{http_code}' --output /dev/null \
  --header 'Connection: Upgrade' --header 'Upgrade: websocket' --header 'Sec-WebSocket-Version: 13' \
  --header 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' --header 'Sec-WebSocket-Protocol: heliograph.v1' \
  "$GATEWAY/api/ws") || [ $? -eq 28 ]
[ "$answer" = 101 ] || { echo "$answer"; exit 1; }
