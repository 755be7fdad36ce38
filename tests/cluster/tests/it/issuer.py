"""Serves the files of a directory over TLS, and answers TokenReviews from its reviewed.json (tokens, each with its user)
and SubjectAccessReviews from its decisions.json (users, each with the status), keeping the questions in its file asked.
Audit events go to its file events, one a line.

Arguments: the directory, with certificate.pem and key.pem in it, and the port. Prints a line when it listens.
"""
import http.server
import json
import os
import ssl
import sys

os.chdir(sys.argv[1])


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_POST(self):
        review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if review["kind"] == "EventList":
            with open("events", "a") as events:
                events.writelines(json.dumps(item) + "\n" for item in review["items"])
        spec = review.get("spec", {})
        if review["kind"] == "SubjectAccessReview":
            with open("asked", "a") as asked:
                asked.write(json.dumps(spec) + "\n")
            with open("decisions.json") as decisions:
                review["status"] = json.load(decisions).get(spec["user"], {"allowed": False})
        elif review["kind"] == "TokenReview":
            with open("reviewed.json") as known:
                user = json.load(known).get(spec["token"])
            review["status"] = {"authenticated": True, "user": user} if user else {"authenticated": False}
        answer = json.dumps(review).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("certificate.pem", "key.pem")
server.socket = context.wrap_socket(server.socket, server_side=True)
print("listening", flush=True)
server.serve_forever()
