# A session is looked up: user-service reaches PostgreSQL, and finds the schema there. No sign-in, since those that fail are
# limited, and this may run every minute.
answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' \
  --data '{"refreshToken": "the-token-of-no-session"}' "$GATEWAY/api/auth/refresh")
case $answer in
  *'"invalid_refresh_token"'*) ;;
  *) echo "$answer"; exit 1 ;;
esac
