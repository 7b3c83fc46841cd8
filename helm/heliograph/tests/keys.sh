# The keys that check tokens are served to anyone: the gateway reaches user-service, which has its signing keys.
curl --silent --show-error --fail --max-time 10 "$GATEWAY/.well-known/jwks.json" | grep -q '"kid"'
