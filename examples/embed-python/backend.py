"""The backend of a product: tokens for its users, rooms for them, a word of its own. Python 3.9 or newer, no dependency."""
import base64, json, os, urllib.parse, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

URL = os.environ.get("HELIOGRAPH_URL", "http://localhost:8080")
CLIENT = base64.b64encode(f"{os.environ['HELIOGRAPH_CLIENT_ID']}:{os.environ['HELIOGRAPH_CLIENT_SECRET']}".encode()).decode()

def post(path, body, **headers):
    request = urllib.request.Request(URL + path, body.encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)

def token(**form):
    return post("/api/auth/token", urllib.parse.urlencode(form), Authorization=f"Basic {CLIENT}")

def send(path, body, token):
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token['access_token']}"}
    return post(path, json.dumps(body), **headers)

def user_token(user):
    """A token by which a user of the product uses Heliograph; the first one makes the account."""
    return token(grant_type="urn:ietf:params:oauth:grant-type:token-exchange", subject_token=user["id"],
                 subject_token_type="urn:heliograph:token-type:user-id", display_name=user["name"])

def room(wanted):
    """A private room of two or more users, in which the backend speaks too."""
    own = token(grant_type="client_credentials")  # Good for expires_in seconds: keep it for that long.
    owner, *others = [user_token(user)["user_id"] for user in wanted["users"]]
    made = send("/api/rooms", {"name": wanted["title"], "visibility": "private", "owner": owner,
                               "members": others + [own["user_id"]]}, own)
    send(f"/api/rooms/{made['id']}/messages", {"clientId": "welcome", "content": f"Welcome to {wanted['title']}"}, own)
    return made

class Backend(BaseHTTPRequestHandler):
    def do_POST(self):  # In a product the user is that of its own session, and only the product itself requests rooms.
        call = {"/token": user_token, "/rooms": room}[self.path]
        answer = json.dumps(call(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer)

server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Backend)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
